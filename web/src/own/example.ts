/** What somebody begins with who writes a lesson of their own. */
export const example = `# Who gets the hole?

Two holes are left between blocks that live on. The allocator puts the next block where it fits best.

\`\`\`heap free-list:best-fit 1024
a = malloc 120
b = malloc 40
c = malloc 56
d = malloc 40
free a
free c
e = malloc 48
free b
free d
free e
\`\`\`

## Story

[We take 120 bytes](<step:a = malloc>), and [40 behind them](<step:b = malloc>). So it goes on, until
[the fourth block](<step:d = malloc>) keeps the end of the arena away from the others.

Then [the first goes](<step:free a>) and [the third](<step:free c>): two holes, one of them much too large for what comes.
[Best fit looks at both](<step:e = malloc>). At the end [every block is given back](<step:free e>).

## Questions

### At which address do the 48 bytes land?

- at: \`e = malloc\`
- answer: \`address of c\`
- right: The hole that \`c\` left is the smallest that is large enough.
- wrong \`address of a\`: That is where first fit would put them: it takes the first hole that is large enough.
- wrong: Of all holes that are large enough, best fit takes the smallest.

## Exercise

Give back what is left, each block once, so that the arena is one free block again.

\`\`\`heap free-list:best-fit 1024
a = malloc 120
b = malloc 40
free a
\`\`\`

- \`leaks = 0\`: every block is given back
- \`faults = 0\`: none of them twice
- \`allocations >= 2\`: both blocks were taken

\`\`\`solution
a = malloc 120
b = malloc 40
free a
free b
\`\`\`
`;
