/**
 * Rewrites the text of a struct so that its members stand in another order. Works on the text alone, so that the
 * reader's own types, names and comments stay as they wrote them.
 */
interface Member {
  name: string;
  text: string; // the declaration, with the comments that belong to it
}

/** The whole text with the members of `name` in `order`; null when they do not match what the text declares. */
export function reorder(text: string, name: string, order: string[]): string | null {
  const body = bodyOf(text, name);
  if (!body) return null;
  const members = membersOf(text.slice(body.from, body.to));
  if (!members || members.length !== order.length) return null;
  const sorted: string[] = [];
  for (const wanted of order) {
    const found = members.find((member) => member.name === wanted);
    if (!found) return null;
    sorted.push(found.text);
  }
  const multiline = text.slice(body.from, body.to).includes('\n');
  const joined = multiline ? `\n  ${sorted.join('\n  ')}\n` : ` ${sorted.join(' ')} `;
  return text.slice(0, body.from) + joined + text.slice(body.to);
}

/** Comments and what stands between quotes as spaces, so that places stay the same. */
function blankComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}

function bodyOf(text: string, name: string): { from: number; to: number } | null {
  const bare = blankComments(text);
  const plain = new RegExp(`\\bstruct\\b[^{};]*\\b${name}\\s*\\{`).exec(bare);
  let open = plain ? plain.index + plain[0].length : -1;
  if (open < 0) {
    const typedef = new RegExp(`\\}\\s*${name}\\s*;`).exec(bare);
    if (!typedef) return null;
    let depth = 0;
    for (let at = typedef.index; at >= 0; --at) {
      if (bare[at] === '}') ++depth;
      if (bare[at] === '{' && --depth === 0) {
        open = at + 1;
        break;
      }
    }
    if (open < 0) return null;
  }
  let depth = 1;
  for (let at = open; at < bare.length; ++at) {
    if (bare[at] === '{') ++depth;
    if (bare[at] === '}' && --depth === 0) return { from: open, to: at };
  }
  return null;
}

function membersOf(body: string): Member[] | null {
  const bare = blankComments(body);
  const members: Member[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < bare.length; ++at) {
    if (bare[at] === '{') ++depth;
    if (bare[at] === '}') --depth;
    if (bare[at] !== ';' || depth > 0) continue;
    let end = at + 1;
    const tail = /^[ \t]*(\/\/[^\n]*|\/\*[^\n]*?\*\/)/.exec(body.slice(end)); // a comment behind it, on its line
    if (tail) end += tail[0].length;
    const declared = declarators(body.slice(from, end).trim(), bare.slice(from, at).trim());
    if (!declared) return null;
    members.push(...declared);
    from = end;
    at = end - 1;
  }
  return bare.slice(from).trim() === '' ? members : null;
}

/** `u8 a, *b` declares two members; each gets a declaration of its own. */
function declarators(whole: string, bare: string): Member[] | null {
  const parts = bare.split(/,(?![^{]*\})/);
  const nameIn = (part: string) => /([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*$/.exec(part.trim());
  const first = nameIn(parts[0]!);
  if (!first) return null;
  if (parts.length === 1) return [{ name: first[1]!, text: whole }];
  const type = /^(.*?)[\s*]*$/s.exec(parts[0]!.trim().slice(0, first.index))![1]!;
  const members: Member[] = [];
  for (const [index, part] of parts.entries()) {
    const name = nameIn(part);
    if (!name) return null;
    const declarator = index === 0 ? part.trim().slice(type.length).trim() : part.trim();
    members.push({ name: name[1]!, text: `${type} ${declarator};` });
  }
  return members;
}
