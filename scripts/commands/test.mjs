import { ensureNpmPackages } from '../lib/npm.mjs';
import { bold, say, seconds, task } from '../lib/progress.mjs';
import { Failure } from '../lib/run.mjs';
import { stages } from '../lib/stages.mjs';
import { ensureTools } from '../lib/system.mjs';

/**
 * `npm test`: everything. `npm test -- NAME`: the tests whose name holds NAME, in every stage, with their output.
 * The last line is "N passed, N failed".
 */
export async function main(words) {
  const since = Date.now();
  const filter = words.join(' ').trim();
  const total = { passed: 0, failed: 0 };
  const failures = [];
  try {
    await ensureTools('test');
    await ensureNpmPackages();
  } catch (error) {
    return stop(error);
  }

  for (const stage of stages) {
    const { passed, failed, output } = await runStage(stage, filter);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) {
      failures.push(stage.title);
      if (!filter) say(`\n${output.join('\n')}\n`);
    }
  }

  const nothing = total.passed + total.failed === 0;
  if (nothing) say(`\nNo test matches "${filter}".`);
  if (failures.length > 0) say(`\n${bold('Failed')}: ${failures.join(', ')}`);
  say(`\n${seconds(since)}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  return nothing || total.failed > 0 ? 1 : 0;
}

/** A stage that cannot even be built or started is one failure. So is a stage that found no test to run. */
async function runStage(stage, filter) {
  const output = [];
  try {
    for (const prepare of stage.prepare ?? []) await prepare();
    return await task(stage.title, async (progress) => {
      const onLine = (line) => {
        output.push(line);
        progress(line);
        if (filter) say(`    ${line}`);
      };
      const { passed, failed } = await stage.run({ filter, onLine });
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
