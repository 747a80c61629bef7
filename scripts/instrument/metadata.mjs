// The debug information of a module in LLVM's textual form: `!12 = !DILocalVariable(name: "x", scope: !9, …)`.

/**
 * `!Kind(field: value, …)`, or a list, which has items and no fields.
 *
 * @typedef {{ id: string, kind: string, fields?: Record<string, string>, items?: string[] }} Node
 */

/**
 * Every node of a module by its id (`!12`); a list `!{!1, !2}` has the kind `list`.
 *
 * @returns {Map<string, Node>}
 */
export function metadataOf(lines) {
  const nodes = new Map();
  for (const line of lines) {
    const match = /^(!\d+) = (?:distinct )?!(?:(\w+)\((.*)\)|\{(.*)\})$/.exec(line);
    if (!match) continue;
    const [, id, kind, fields, items] = match;
    nodes.set(id, kind ? { id, kind, fields: fieldsOf(fields) } : { id, kind: 'list', items: split(items) });
  }
  return nodes;
}

function fieldsOf(text) {
  const fields = {};
  for (const field of split(text)) {
    const colon = field.indexOf(': ');
    fields[field.slice(0, colon)] = unquoted(field.slice(colon + 2));
  }
  return fields;
}

/** Splits at the commas that stand in no brackets and no quotes. */
export function split(text) {
  const parts = [];
  let depth = 0;
  let quoted = false;
  let begin = 0;
  for (let i = 0; i < text.length; ++i) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if ('([{<'.includes(c)) ++depth;
    else if (')]}>'.includes(c)) --depth;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(begin, i).trim());
      begin = i + 1;
    }
  }
  const last = text.slice(begin).trim();
  return last ? [...parts, last] : parts;
}

/** LLVM writes a byte that is not printable as `\HH`. */
function unquoted(text) {
  if (!text.startsWith('"')) return text;
  const bytes = text.slice(1, -1).replace(/\\([0-9A-Fa-f]{2})/g, (_, hex) => `%${hex}`);
  return bytes.includes('%') ? decodeURIComponent(bytes.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')) : bytes;
}
