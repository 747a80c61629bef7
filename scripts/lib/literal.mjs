// Texts as C++ literals.

export const literal = (words) => `"${words.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;

/** A line a piece: what is put together from pieces may be as long as it likes. */
export const longLiteral = (words) =>
  words.length === 0
    ? '""'
    : words
        .match(/[^\n]*\n|[^\n]+$/g)
        .map(literal)
        .join('\n    ');
