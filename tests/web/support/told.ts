import type { Page } from '@playwright/test';

/**
 * All that a page tells in the language of its interface: visible texts, labels, titles, placeholders. What is marked as
 * another language is left out, and so are code and scripts, which have none, and a lesson of somebody's own.
 */
export function told(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const language = document.documentElement.lang;
    const code =
      '.played, code, pre, kbd, .mono, .name, textarea, input, style, heapyard-lesson-code, heapyard-script-editor';
    const keep = (text: string | null | undefined) => {
      const words = text?.replace(/\s+/g, ' ').trim();
      if (words) found.add(words);
    };
    const walk = (node: Node): void => {
      if (node instanceof Text) return keep(node.data);
      if (node instanceof Element) {
        const lang = node.getAttribute('lang');
        if (lang !== null && lang !== language) return;
        if (!node.checkVisibility({ visibilityProperty: true }) && !(node instanceof HTMLOptionElement)) return;
        for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'aria-description'])
          keep(node.getAttribute(name));
        if (node.matches(code)) return;
      }
      const children = node instanceof Element && node.shadowRoot ? node.shadowRoot : node;
      children.childNodes.forEach(walk);
      if (children !== node) node.childNodes.forEach(walk);
    };
    walk(document.body);
    keep(document.title);
    return [...found];
  });
}
