// Configures and builds a preset of CMakePresets.json, incrementally.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { emscripten } from './packages.mjs';
import { task } from './progress.mjs';
import { Failure, root, run } from './run.mjs';

/**
 * Builds `preset` into build/PRESET, or of it no more than `targets`. Throws a Failure that shows what the compiler said.
 *
 * @param {string} preset
 * @param {string} title
 * @param {string[]} [targets]
 */
export function buildPreset(preset, title, targets = []) {
  return task(title, async (progress) => {
    await configure(preset, progress);
    const words = ['--build', '--preset', preset, '--parallel', String(availableParallelism())];
    if (targets.length > 0) words.push('--target', ...targets);
    const result = await run('cmake', words, { onLine: (line) => progress(stepOf(line)), log: `build-${preset}` });
    if (!result.ok) throw new Failure(`${errors(result.lines)}\n\nThe preset ${preset} does not build.`);
    const nothing = result.lines.some((line) => line.includes('no work to do'));
    return { note: nothing ? 'nothing changed' : undefined };
  });
}

/** A tree is configured anew when the presets or the Emscripten in use have changed; CMake notices all else itself. */
async function configure(preset, progress) {
  const folder = path.join(root, 'build', preset);
  const stamp = path.join(folder, '.heapyard');
  const presets = readFileSync(path.join(root, 'CMakePresets.json'));
  const wanted = createHash('sha256')
    .update(presets)
    .update(preset.startsWith('wasm') ? `${emscripten()}` : '')
    .digest('hex');
  if (existsSync(path.join(folder, 'build.ninja')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return;

  const result = await run('cmake', ['--fresh', '--preset', preset], { onLine: progress, log: `configure-${preset}` });
  if (!result.ok) throw new Failure(`${result.lines.join('\n')}\n\nThe preset ${preset} cannot be configured.`);
  writeFileSync(stamp, wanted);
}

/** "[3/80] Building CXX object core/…/free_list.cpp.o" → "3/80 free_list.cpp"; undefined for all other lines. */
function stepOf(line) {
  const match = /^\[(\d+\/\d+)\] (?!Re-).*?([^/\s]+?)(\.o)?$/.exec(line);
  return match ? `${match[1]} ${match[2]}` : undefined;
}

/** What failed, without the steps that went well and the compilers' whole command lines. */
function errors(lines) {
  const noise = /^\[\d+\/\d+\] |^(ccache )?\/\S+\/(em\+\+|c\+\+|g\+\+|clang\+\+|cmake) |^(: && )|^em\+\+: error: '/;
  return lines
    .filter((line) => !noise.test(line))
    .slice(0, 200)
    .join('\n');
}
