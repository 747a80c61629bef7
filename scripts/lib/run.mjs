// Runs other programs: their output is kept, logged under build/logs and turned into progress.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Something that the reader can put right: told without a stack. */
export class Failure extends Error {}

/**
 * Runs a program and waits for it. Every line of its output goes to `onLine`; all of it is returned, and kept in
 * build/logs/LOG.log when `log` is given. Effects: stops the program after `limitSeconds`.
 *
 * @param {string} program
 * @param {string[]} words
 * @param {{ env?: object, onLine?: (line: string) => void, log?: string, limitSeconds?: number }} [options]
 */
export async function run(program, words, { env = {}, onLine = () => {}, log, limitSeconds = 3600 } = {}) {
  const child = spawn(program, words, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  const file = log && openLog(log);
  const keep = (line) => {
    lines.push(line);
    file?.write(`${line}\n`);
    onLine(line);
  };
  const streams = [child.stdout, child.stderr].map((stream) => {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', keep);
    return new Promise((resolve) => stream.once('close', resolve));
  });

  let stopped = false;
  const timer = setTimeout(() => {
    stopped = true;
    child.kill('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }, limitSeconds * 1000);
  const { code, signal } = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Failure(`${program} could not be started: ${error.message}`)));
    child.on('exit', (code, signal) => resolve({ code, signal }));
  }).finally(() => clearTimeout(timer));
  await Promise.all(streams);
  if (stopped) keep(`${program} was stopped: it had not ended after ${limitSeconds} seconds.`);
  else if (signal) keep(`${program} was ended by ${signal}.`);
  file?.end();
  return { ok: code === 0, code, lines };
}

/** Runs a program that talks with the reader itself (sudo asking for a password). */
export function runOnTerminal(program, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: root, stdio: 'inherit' });
    child.on('error', (error) => reject(new Failure(`${program} could not be started: ${error.message}`)));
    child.on('exit', (code) => resolve({ ok: code === 0 }));
  });
}

function openLog(name) {
  const folder = path.join(root, 'build', 'logs');
  mkdirSync(folder, { recursive: true });
  return createWriteStream(path.join(folder, `${name}.log`));
}
