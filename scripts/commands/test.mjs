import { ensureNpmPackages } from '../lib/npm.mjs';
import { unlessPassed } from '../lib/kept.mjs';
import { bold, say, seconds, task } from '../lib/progress.mjs';
import { Failure } from '../lib/run.mjs';
import { stages } from '../lib/stages.mjs';
import { ensureTools } from '../lib/system.mjs';

/**
 * `npm test`: everything, but for the stages that passed before and read nothing that has changed since.
 * `npm test -- --all`: these too. `npm test -- NAME`: the tests whose name holds NAME, in every stage, with their
 * output. A line that begins with "note: " is always shown. The last line is "N passed, N failed".
 */
export async function main(words) {
  const since = Date.now();
  const all = words.length === 1 && words[0] === '--all';
  const filter = all ? '' : words.join(' ').trim();
  try {
    await ensureTools('test');
    await ensureNpmPackages();
  } catch (error) {
    return stop(error);
  }

  const total = { passed: 0, failed: 0, before: 0 };
  const failures = [];
  const prepared = new Set();
  for (const stage of stages) {
    const { passed, failed, before = 0, output } = await runStage(stage, { filter, all, prepared });
    total.passed += passed + before;
    total.failed += failed;
    total.before += before;
    if (failed > 0) {
      failures.push(stage.title);
      if (!filter) say(`\n${output.join('\n')}\n`);
    }
  }

  const nothing = total.passed + total.failed === 0;
  if (nothing) say(`\nNo test matches "${filter}".`);
  if (failures.length > 0) say(`\n${bold('Failed')}: ${failures.join(', ')}`);
  if (total.before > 0) {
    say(
      `\n${total.before} tests passed before and read nothing that has changed since; npm test -- --all runs them too.`,
    );
  }
  say(`\n${seconds(since)}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  return nothing || total.failed > 0 ? 1 : 0;
}

/** A stage that cannot even be built or started is one failure. So is a stage that found no test to run. */
async function runStage(stage, { filter, all, prepared }) {
  const output = [];
  try {
    for (const prepare of stage.prepare ?? []) {
      if (!prepared.has(prepare)) await prepare();
      prepared.add(prepare);
    }
    return await task(stage.title, async (progress) => {
      const onLine = (line) => {
        output.push(line);
        progress(line);
        if (filter || line.startsWith('note: ')) say(`    ${line}`);
      };
      const run = () => stage.run({ filter, onLine, log: `test-${stage.id}` });
      const { passed, failed, before } = filter ? await run() : await unlessPassed(stage, all, run);
      if (before) return { passed: 0, failed: 0, before, output, note: `${before} passed before, nothing changed` };
      if (!filter && passed + failed === 0) {
        onLine('This stage found no test to run.');
        return { passed, failed: 1, output, note: 'no test found' };
      }
      return { passed, failed, output, note: `${passed} passed, ${failed} failed` };
    });
  } catch (error) {
    const words = error instanceof Failure ? error.message : error.stack;
    if (filter) say(words);
    return { passed: 0, failed: 1, output: [...output, words] };
  }
}

function stop(error) {
  if (!(error instanceof Failure)) throw error;
  say(`\n${error.message}\n`);
  say('0 passed, 1 failed');
  return 1;
}
