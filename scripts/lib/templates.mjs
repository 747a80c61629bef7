// A bundler leaves template literals as they are, and Lit's hold most of the page: its styles and its elements.
import ts from 'typescript';

const shorter = {
  css: (text) =>
    text
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1'),
  // No template spans lines inside of a `pre`.
  html: (text) => text.replace(/\s*\n\s*/g, ' '),
};
shorter.svg = shorter.html;

/** The source with the line breaks, indentation and comments of its css, html and svg templates left out. */
export function shortenTemplates(source) {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const edits = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && shorter[node.tag.getText()]) {
      const { template } = node;
      const texts = ts.isNoSubstitutionTemplateLiteral(template)
        ? [template]
        : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
      for (const text of texts) {
        // Without what delimits it: ` or } before it, ` or ${ behind.
        const behind = source[text.end - 1] === '`' ? 1 : 2;
        edits.push([text.getStart() + 1, text.end - behind, shorter[node.tag.getText()]]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  edits.sort(([a], [b]) => b - a);
  return edits.reduce(
    (result, [from, to, shorten]) => result.slice(0, from) + shorten(result.slice(from, to)) + result.slice(to),
    source,
  );
}
