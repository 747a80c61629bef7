import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test, type Page } from '@playwright/test';
import { serveFolders } from '../../scripts/lib/plain_server.mjs';
import { root } from '../../scripts/lib/run.mjs';

// The package as npm makes it, installed into a small project of somebody else's.
let project = '';
const tsc = path.join(root, 'node_modules/typescript/bin/tsc');

test.describe.configure({ mode: 'serial' });
test.beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), 'heapyard-package-'));
  const npm = (folder: string, ...words: string[]) =>
    execFileSync('npm', [...words, '--offline', '--ignore-scripts'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  npm(root, 'pack', '--pack-destination', project);
  const packed = readdirSync(project).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(path.join(project, 'package.json'), '{ "name": "course", "private": true, "type": "module" }');
  npm(project, 'install', '--omit=dev', `./${packed}`);
});
test.afterAll(() => rmSync(project, { recursive: true, force: true }));

const script = `import { HeapYard, setFiles } from 'heapyard';
setFiles('/files/');
const tag = document.createElement('heap-yard');
tag.setAttribute('lesson', 'memory-pools');
tag.setAttribute('step', '4');
tag.addEventListener('heapyard-step', ({ detail }) => {
  document.title = \`\${detail.step} of \${detail.steps}\`;
});
document.body.append(tag);
const shown: boolean = tag instanceof HeapYard;
console.assert(shown);
`;

async function expectLesson(page: Page, address: string): Promise<void> {
  const wrongs: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'log' && message.type() !== 'debug') wrongs.push(message.text());
  });
  page.on('pageerror', (error) => wrongs.push(error.message));
  await page.goto(address);
  await expect(page.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', '4');
  expect(wrongs).toEqual([]);
}

test('The package holds what is served, its types and its licence, and no sources [package]', () => {
  const installed = path.join(project, 'node_modules/heapyard');
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  const files = readdirSync(path.join(installed, 'dist'));
  for (const name of ['embed.js', 'embed.d.ts', 'frames.js', 'frames.d.ts', 'embed.html', 'index.html'])
    expect(files).toContain(name);
  expect(files.filter((name) => /\.(map|br|gz)$/.test(name))).toEqual([]);
});

test('Its types hold in a strict project, and find a mistake [package]', () => {
  test.setTimeout(120_000);
  const check = (source: string) => {
    writeFileSync(path.join(project, 'main.ts'), source);
    const words = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
    try {
      return execFileSync(process.execPath, [tsc, ...words, '--lib', 'es2022,dom', 'main.ts'], {
        cwd: project,
        encoding: 'utf8',
      });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  expect(check(script)).toBe('');
  expect(check(script.replace('detail.steps', 'detail.stairs'))).toContain("'stairs'");
  expect(
    check(`import { say } from 'heapyard/frames';\nsay(document.querySelector('iframe')!, { type: 'step', step: 3 });`),
  ).toBe('');
});

test('A bundler makes one script of it, beside which the files are served [package]', async ({ page }) => {
  writeFileSync(path.join(project, 'main.ts'), script);
  const site = path.join(project, 'site');
  mkdirSync(site);
  await build({
    absWorkingDir: project,
    entryPoints: ['main.ts'],
    bundle: true,
    format: 'esm',
    outfile: 'site/main.js',
    logLevel: 'silent',
  });
  writeFileSync(path.join(site, 'index.html'), '<!doctype html><script type="module" src="main.js"></script>');
  cpSync(path.join(project, 'node_modules/heapyard/dist'), path.join(site, 'files'), { recursive: true });
  const { address, close } = await serveFolders({ '/': site });
  await expectLesson(page, address);
  await expect(page).toHaveTitle(/^4 of \d+$/);
  close();
});

test('Without a bundler its folder is served as it is [package]', async ({ page }) => {
  const site = path.join(project, 'plain');
  mkdirSync(site);
  const tag = '<heap-yard lesson="memory-pools" step="4"></heap-yard>';
  writeFileSync(
    path.join(site, 'index.html'),
    `<!doctype html><script type="module" src="/node_modules/heapyard/dist/embed.js"></script>${tag}`,
  );
  const { address, close } = await serveFolders({ '/': site, '/node_modules/': path.join(project, 'node_modules') });
  await expectLesson(page, address);
  await page.goto(`${address}node_modules/heapyard/dist/index.html#/heap`);
  await expect(page.getByRole('slider', { name: 'Step' })).toBeVisible();
  close();
});

test('What the types say there is, there is [package]', async () => {
  for (const name of ['embed', 'frames']) {
    const types = readFileSync(path.join(root, `web/types/${name}.d.ts`), 'utf8');
    const code = readFileSync(path.join(root, `web/src/embed/${name}.ts`), 'utf8');
    for (const [, exported] of types.matchAll(/^export (?:declare )?(?:class|function) (\w+)/gm)) {
      expect(code, `${name}.ts exports ${exported}`).toMatch(
        new RegExp(`export (class|function) ${exported}\\b|export \\{[^}]*\\b${exported}\\b`),
      );
    }
  }
});
