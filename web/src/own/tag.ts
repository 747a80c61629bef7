/** What somebody pastes into a page of theirs to have a lesson in it. */
export function tagOf(markdown: string, script: string, link: string): string {
  const tag = `<script type="module" src="${script}"></script>\n`;
  // Such a text would end the element that holds it, or open a comment in it.
  if (/<(?:\/?script|!--)/i.test(markdown))
    return `${tag}<heap-yard state="${link.replaceAll('&', '&amp;')}"></heap-yard>\n`;
  return `${tag}<heap-yard><script type="text/markdown">\n${markdown.replace(/\n*$/, '\n')}</script></heap-yard>\n`;
}
