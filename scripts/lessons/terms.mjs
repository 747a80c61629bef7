// Terms of the glossary in a text: the first time one stands in a lesson it becomes a link that opens in place.

/** Words that lessons use in their everyday sense too. */
const everyday = ['move', 'copy', 'object', 'step', 'event', 'site', 'trace', 'chunk', 'owner'];

/**
 * @param {{ term: string, id: string, html: string }[]} glossary
 * `link(html)` is the text with its terms linked; `terms()` are those that were, by id.
 */
export function linker(glossary) {
  // Longer ones first: a "free list" is no "list".
  const left = glossary.filter(({ term }) => !everyday.includes(term)).sort((a, b) => b.term.length - a.term.length);
  /** @type {Record<string, { term: string, html: string }>} */
  const found = {};
  const words = (text) => {
    for (const each of left) {
      if (each.id in found) continue;
      const match = new RegExp(`(?<![\\w-])${escaped(each.term)}(?:e?s)?(?![\\w-])`, 'i').exec(text);
      if (!match) continue;
      found[each.id] = { term: each.term, html: each.html };
      const end = match.index + match[0].length;
      const anchor = `<a href="#/glossary" data-term="${each.id}">${match[0]}</a>`;
      return words(text.slice(0, match.index)) + anchor + words(text.slice(end));
    }
    return text;
  };
  return {
    // Not within tags, links and code: those have a meaning already.
    link: (html) =>
      html.replace(/<(a|code|pre)\b[^>]*>[^]*?<\/\1>|<[^>]+>|([^<]+)/g, (all, _tag, text) =>
        text ? words(text) : all,
      ),
    terms: () => found,
  };
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
