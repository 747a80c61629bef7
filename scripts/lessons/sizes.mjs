// The table of sizes of a lesson, laid out by the core for every ABI: the module that the page has, run here.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../lib/run.mjs';

/** `[{ name, members }]` → `{ abis: [title], rows: [{ name, cells: ["24 (8)"] }] }`. */
export async function tableOfSizes(types) {
  const folder = path.join(root, 'build/wasm');
  const { default: load } = await import(pathToFileURL(path.join(folder, 'structs.js')).href);
  const module = await load({ wasmBinary: readFileSync(path.join(folder, 'structs.wasm')) });
  const abis = module.abis();
  const rows = types.map(({ name, members }) => {
    const lab = module.parseStructs(`struct T { ${members} };`);
    const [problem] = lab.problems();
    if (problem) throw new Error(`the size of ${name}: ${problem.message}`);
    const cells = abis.map((abi) => {
      const [record] = lab.records(abi.name);
      return `${record.size} (${record.alignment})`;
    });
    lab.delete();
    return { name, cells };
  });
  return { abis: abis.map((abi) => abi.title), rows };
}
