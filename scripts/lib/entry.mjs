import { chdir } from 'node:process';
import { Failure, root } from './run.mjs';

/** Runs one command; a Failure is told in plain words, anything else is our own bug and shows where. */
export async function run(command, words) {
  chdir(root);
  try {
    const { main } = await import(`../commands/${command}.mjs`);
    process.exitCode = (await main(words)) ?? 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
