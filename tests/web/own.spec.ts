import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { script, test as guest, type Host } from './support/host.js';
import { LabPage, expect, test, type Page } from './support/page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The example of the guide is what these tests play. */
const guide = readFileSync(path.join(root, 'docs/own-lessons.md'), 'utf8');
const lesson = /^````markdown\n([^]*?)^````$/m.exec(guide)![1]!;
const struct = `# Where does d begin?

Three members, and bytes that nobody uses.

\`\`\`struct
struct Record {
  char a;
  int b;
  double d;
};
\`\`\`

## Story

[One byte](<step:char a>), [four at a multiple of 4](<step:int b>), [eight at one of 8](<step:double d>).

## Questions

### At which offset does b begin?

- at: \`int b\`
- answer: \`offset of Record.b\`
- right: The next multiple of 4.
- wrong \`offset of Record.b - 3\`: That is where a ends.
- wrong: It is a multiple of 4.
`;

const linkTo = (text: string, more = '') => `#/own?${new URLSearchParams({ t: text })}${more}`;
const answer = async (page: Page, given: string) => {
  await page.locator('#answer').fill(given);
  await page.keyboard.press('Enter');
};
const write = async (page: Page, text: string) => {
  await page.locator('.text heapyard-script-editor').click();
  await expect(page.locator('.text .cm-content')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete'); // what is typed over a coloured word, the browser wants to colour as well
  await page.keyboard.insertText(text);
};

test('A lesson in a link is played: its story leads to steps, its script is marked [own]', async ({ lab }) => {
  await lab.open(linkTo(lesson, '&n=3'));
  const { page } = lab;
  await lab.expectStep(3);
  await expect(page.getByRole('heading', { name: 'Who gets the hole?' })).toBeVisible();
  await page.getByRole('link', { name: 'the fourth block' }).click();
  await lab.expectStep(4);
  await expect(page.getByRole('link', { name: 'the fourth block' })).toHaveAttribute('aria-current', 'step');
  await expect(page.locator('heapyard-lesson-code li.now')).toContainText('d = malloc 40');
  await page.locator('heapyard-lesson-code li').nth(1).click();
  await lab.expectStep(2);
  await expect(page.locator('.settings')).toContainText('free list, best fit, 1,024 B arena');
  expect(new URL(page.url()).hash).toMatch(/^#\/own\?/);
});

test('A question is asked before its step, and the core judges the answer [own]', async ({ lab }) => {
  await lab.open(linkTo(lesson, '&n=6'));
  const { page } = lab;
  await answer(page, '0x020');
  await lab.expectStep(7);
  await expect(page.locator('.verdict')).toContainText('✗ You said 0x020. That is where first fit would put them');
  await expect(page.locator('.verdict')).toContainText('It is 0x0d0.');
  await expect(lab.sentence).toContainText('e points to 0x0d0');
  await page.keyboard.press('ArrowLeft');
  await answer(page, 'd0');
  await expect(page.locator('.verdict')).toContainText('✓ Right: 0x0d0. The hole that c left');
  await page.keyboard.press('ArrowLeft');
  await answer(page, '12');
  await expect(page.locator('.verdict')).toContainText('Of all holes that are large enough');
});

test('An exercise of a lesson of one’s own is judged as those of the lessons are [own][exercise]', async ({ lab }) => {
  await lab.open(linkTo(lesson));
  const { page } = lab;
  await page.getByRole('button', { name: 'Exercise' }).click();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('heapyard-exercise')).toContainText('1 block is never given back: b (line 2); wanted: 0');
  await page.locator('heapyard-exercise heapyard-script-editor').click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('free b\n');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('heapyard-exercise .verdict')).toHaveText('Solved.');
  expect(await page.evaluate(() => localStorage.length), 'the page keeps nothing of it').toBe(0);
});

test('An allocator that the first module does not have plays a lesson, too [own]', async ({ lab }) => {
  const buddy =
    '# Buddies\n\nPowers of two.\n\n```heap buddy 1024\na = malloc 40\n```\n\n## Questions\n\n### How large is the block?\n\n- at: `a =`\n- answer: `block of a`\n- right: Yes.\n- wrong: No.\n';
  await lab.open(linkTo(buddy));
  await answer(lab.page, '64 bytes');
  await expect(lab.page.locator('.verdict')).toContainText('✓ Right: 64 bytes. Yes.');
});

test('The members of a struct come one by one [own]', async ({ lab }) => {
  const { page } = lab;
  await page.goto(`./${linkTo(struct, '&n=1')}`);
  await expect(page.locator('g.member')).toHaveCount(1);
  await answer(page, '1');
  await expect(page.locator('.verdict')).toContainText('That is where a ends. It is 4.');
  await expect(page.locator('.sentence')).toHaveText('b has 4 bytes and begins at 4, behind 3 bytes of padding.');
  await page.getByRole('link', { name: 'eight at one of 8' }).click();
  await expect(page.locator('.sentence')).toHaveText('Record takes 16 bytes, 3 of them padding.');
  await page.keyboard.press('Home');
  await expect(page.locator('g.member')).toHaveCount(0);
});

test('The heap lab opens a lesson from a file, and one that is dropped [own][file]', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/heap');
  await page.locator('input[type=file]').setInputFiles({
    name: 'holes.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from(lesson.replaceAll('\n', '\r\n')),
  });
  await expect(page.getByRole('heading', { name: 'Who gets the hole?' })).toBeVisible();
  const data = await page.evaluateHandle(
    (text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'other.md'));
      return transfer;
    },
    lesson.replace('Who gets the hole?', 'Another title'),
  );
  await page.locator('heapyard-own-stage .stage').dispatchEvent('drop', { dataTransfer: data });
  await expect(page.getByRole('heading', { name: 'Another title' })).toBeVisible();
});

test('Whoever writes a lesson sees it beside the text, and each mistake at its line [own][write]', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/lessons');
  await page.getByRole('link', { name: 'Write your own lesson' }).click();
  await expect(page.locator('.mistakes')).toContainText('No mistakes. 1 question');
  await expect(page.locator('.preview heapyard-heap-map')).toBeVisible();

  const wrong = lesson.replace('(<step:free c>)', '(<step:fre c>)').replace('- answer: `address of c`', '- reply: `x`');
  await write(page, wrong);
  const at = (piece: string) => 1 + wrong.split('\n').findIndex((line) => line.includes(piece));
  const mistakes = page.locator('.mistakes');
  await expect(mistakes).toContainText(`Line ${at('fre c>')}: no line of the script holds “fre c”.`);
  await expect(mistakes).toContainText(`Line ${at('- reply')}: a question has`);
  await expect(page.locator('.text .problem-note').first()).toContainText('no line of the script holds “fre c”');
  await expect(page.getByRole('button', { name: 'Play it' })).toBeDisabled();

  await write(page, lesson.replace('free b', 'fre b'));
  await expect(mistakes).toContainText(/^1 mistake.*Line 13: /s);
  await write(page, lesson.replace('a = malloc 120\nb = malloc 40\nfree a\nfree b\n', 'a = malloc 120\n'));
  await expect(mistakes).toContainText(
    'the solution does not meet this goal: 1 block is never given back: a (line 1); wanted: 0',
  );
  await write(page, lesson.replace('- answer: `address of c`', '- answer: `address of z`'));
  await expect(mistakes).toContainText('“address of z” comes to nothing at that step');
  await write(page, lesson.replace('```heap free-list:best-fit 1024', '```heap free-lost 1024'));
  await expect(mistakes).toContainText(/Line 5: .*free-lost/);

  await write(page, lesson.replace('Who gets the hole?', 'My own'));
  await expect(mistakes).toContainText('No mistakes. 2 questions');
  await page.getByRole('button', { name: 'Play it' }).click();
  await expect(page.getByRole('heading', { name: 'My own' })).toBeVisible();
});

test('A lesson is saved as a file, and copied as a link and as a tag [own][write]', async ({ lab, context }) => {
  const { page } = lab;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`./${linkTo(lesson, '&v=write')}`);
  await expect(page.locator('.mistakes')).toContainText('No mistakes.');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the .md' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('who-gets-the-hole.md');
  expect(readFileSync(await saved.path(), 'utf8')).toBe(lesson);

  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy the tag' }).click();
  await expect(page.locator('.told')).toContainText('Tag copied');
  expect(await copied()).toContain(`<heap-yard><script type="text/markdown">\n${lesson}</script></heap-yard>`);
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await expect(page.locator('.told')).toContainText('Link copied');
  const other = new LabPage(await context.newPage());
  await other.page.goto(await copied());
  await expect(other.page.getByRole('heading', { name: 'Who gets the hole?' })).toBeVisible();
  await other.expectStep(0);
});

test('A link with mistakes in its lesson tells each with its line [own][error]', async ({ lab }) => {
  const { page } = lab;
  await page.goto(`./${linkTo(lesson.replace('(<step:free c>)', '(<step:fre c>)'))}`);
  await expect(page.getByRole('alert')).toContainText('This lesson cannot be played: 1 mistake in its text.');
  await expect(page.getByRole('alert')).toContainText(/Line \d+: no line of the script holds “fre c”\./);
  await page.getByRole('button', { name: 'Edit the lesson' }).click();
  await expect(page.locator('.mistakes')).toContainText('no line of the script holds “fre c”');
});

test('A link of a later version, or with a damaged lesson, says so [own][error]', async ({ lab }) => {
  await lab.open(linkTo(lesson, '&f=2'));
  await expect(lab.page.getByRole('status').first()).toContainText('a newer Heapyard wrote it');
  await lab.open('#/own?s=AAAA');
  await expect(lab.page.locator('.notice')).toContainText('its text is damaged or cut short');
});

const hostile = `
<script>alert(1)</script> <img src="https://evil.example/x.png" onerror="alert(1)"> <svg onload=alert(1)>
<a href="javascript:alert(1)">press</a> ![picture](https://evil.example/y.png) <style>* { display: none }</style>
`;
test('What a stranger wrote into a lesson does nothing: tags, handlers, pictures, styles [own][security]', async ({
  lab,
}) => {
  const { page } = lab;
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const text = lesson.replace('## Story\n', `## Story\n${hostile}`).replace('Give back', `${hostile.trim()} Give back`);
  await lab.open(linkTo(text.replace('right: The hole', 'right: <img src=x onerror=alert(1)> The hole'), '&n=6'));
  await expect(page.locator('heapyard-lesson-story')).toContainText('<script>alert(1)</script>');
  await answer(page, '0xd0');
  await expect(page.locator('.verdict')).toContainText('<img src=x onerror=alert(1)>');
  await page.getByRole('button', { name: 'Exercise' }).click();
  await expect(page.locator('heapyard-exercise')).toContainText('<svg onload=alert(1)>');
  for (const part of ['script', 'img', 'heapyard-lesson-story svg', '[onerror]', 'a[href^="javascript"]']) {
    await expect(page.locator(part.replace('script', 'heapyard-exercise script'))).toHaveCount(0);
  }
  expect(dialogs).toEqual([]);
});

test('A link that would run something is a mistake [own][security]', async ({ lab }) => {
  await lab.page.goto(`./${linkTo(lesson.replace('(<step:free c>)', '(javascript:alert(1))'))}`);
  await expect(lab.page.getByRole('alert')).toContainText('not to “javascript:alert(1)”');
});

test('A huge text in a link is refused, and the page goes on [own][security]', async ({ lab }) => {
  await lab.page.goto('./#/heap');
  for (const text of [`# T\n${'[x]('.repeat(100_000)}`, `${'> '.repeat(200_000)}x`]) {
    await lab.page.evaluate(async (huge) => {
      const stream = new Blob([huge]).stream().pipeThrough(new CompressionStream('deflate-raw'));
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      const packed = btoa(String.fromCharCode(...bytes));
      location.hash = `#/own?s=${packed.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
    }, text);
    await expect(lab.page.getByRole('alert')).toContainText('a lesson has at most 32768 characters');
  }
  await lab.open(linkTo(lesson, '&n=2'));
  await lab.expectStep(2);
});

/** Serves one text at an origin of its own. */
async function served(text: string, headers: Record<string, string>, use: (address: string) => Promise<void>) {
  const server = createServer((request, response) => {
    const there = request.url === '/lesson.md';
    response.writeHead(there ? 200 : 404, { 'Content-Type': 'text/markdown; charset=utf-8', ...headers });
    response.end(there ? text : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/lesson.md`);
  server.close();
  server.closeAllConnections();
}

const anybody = { 'Access-Control-Allow-Origin': '*' };
const written = (text: string, more = '') =>
  `<heap-yard ${more}><script type="text/markdown">\n${text}</script></heap-yard>`;
const open = (host: Host, body: string) => host.open(body, { head: script(host.heapyard) });
const listen = (page: Page) =>
  page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    for (const type of ['ready', 'failure', 'step', 'answer', 'result']) {
      window.addEventListener(`heapyard-${type}`, (event) => told.push((event as CustomEvent).detail));
    }
  });
const told = (page: Page, type: string) =>
  page.evaluate(
    (wanted) => (window as unknown as { told: { type: string }[] }).told.filter(({ type }) => type === wanted),
    type,
  );

guest(
  'A tag with a lesson in it plays it in a page of another origin, and tells what happens [own][embed]',
  async ({ host, page }) => {
    await listen(page);
    await open(host, written(lesson, 'step="6"'));
    await expect(page.getByText('Who gets the hole?')).toBeVisible();
    await expect.poll(() => told(page, 'ready')).toHaveLength(1);
    await answer(page, '0xd0');
    const question = 'At which address do the 48 bytes land?';
    await expect.poll(() => told(page, 'answer')).toEqual([{ type: 'answer', question, right: true }]);
    await expect.poll(async () => (await told(page, 'step')).at(-1)).toEqual({ type: 'step', step: 7, steps: 10 });
    await page.getByRole('button', { name: 'Exercise', exact: true }).click();
    await page.getByRole('button', { name: 'Check' }).click();
    await expect
      .poll(() => told(page, 'result'))
      .toEqual([{ type: 'result', exercise: 'who-gets-the-hole', solved: false, met: 2, goals: 3 }]);
    await expect(page.getByRole('link', { name: 'Heapyard ↗' })).toHaveAttribute('href', /#\/own\?s=/);
  },
);

guest(
  'A tag names the file of a lesson, on the page’s own server or one that allows it [own][embed]',
  async ({ host, page }) => {
    await served(lesson, anybody, async (address) => {
      await open(host, `<heap-yard src="${address}" step="5"></heap-yard>`);
      await expect(page.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', '5');
      await expect(page.getByText('Who gets the hole?')).toBeVisible();
    });
  },
);

guest(
  'A file that another server does not give away is told with what that server has to send [own][embed][error]',
  async ({ host, page }) => {
    await listen(page);
    await served(lesson, {}, async (address) => {
      await open(host, `<heap-yard src="${address}"></heap-yard>`);
      await expect(page.getByRole('alert')).toContainText('has to send “Access-Control-Allow-Origin: *” with it');
      expect(await told(page, 'failure')).toMatchObject([{ reason: expect.stringContaining(address) }]);
    });
    expect(host.wrongs.splice(0).join()).toContain('CORS');
  },
);

guest('A file that is not there, and an address that is none, are told [own][embed][error]', async ({ host, page }) => {
  await served(lesson, anybody, async (address) => {
    await open(host, `<heap-yard src="${address}x"></heap-yard><heap-yard src="javascript:alert(1)"></heap-yard>`);
    await expect(page.getByRole('alert').first()).toContainText('its server answers 404');
    await expect(page.getByRole('alert').last()).toContainText('begins with https: or http:, not with javascript:');
  });
  expect(host.wrongs.splice(0).join()).toContain('404');
});

guest(
  'A lesson with mistakes in a tag is told by line, and to the page [own][embed][error]',
  async ({ host, page }) => {
    await listen(page);
    await open(host, written(lesson.replace('(<step:free c>)', '(<step:fre c>)')));
    const line = 1 + lesson.split('\n').findIndex((each) => each.includes('(<step:free c>)'));
    await expect(page.getByRole('alert')).toContainText(`Line ${line}: no line of the script holds “fre c”.`);
    await expect
      .poll(() => told(page, 'failure'))
      .toEqual([{ type: 'failure', reason: `Line ${line} of the lesson: no line of the script holds “fre c”.` }]);
  },
);

for (const sandbox of ['', 'sandbox="allow-scripts"']) {
  guest(
    `A frame ${sandbox ? 'in a sandbox ' : ''}plays a lesson from a file and from a link [own][embed][frame]`,
    async ({ host, page }) => {
      await listen(page);
      await served(lesson, anybody, async (address) => {
        const frame = (query: string) =>
          `<iframe data-heapyard ${sandbox} src="${host.heapyard}embed.html${query}" width="1000" height="700" title="Heapyard"></iframe>`;
        const second = linkTo(struct).replaceAll('&', '&amp;');
        await host.open(frame(`?src=${encodeURIComponent(address)}&amp;step=6`) + frame(second), {
          head: `<script type="module" src="${host.heapyard}frames.js"></script>`,
        });
        const inside = page.frameLocator('iframe >> nth=0');
        await inside.locator('#answer').fill('0xd0');
        await inside.locator('#answer').press('Enter');
        await expect.poll(() => told(page, 'answer')).toMatchObject([{ heapyard: 1, right: true }]);
        await page.locator('iframe').nth(1).scrollIntoViewIfNeeded();
        await expect(page.frameLocator('iframe >> nth=1').getByText('Where does d begin?')).toBeVisible();
      });
    },
  );
}
