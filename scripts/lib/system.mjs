// Installs what a command needs and the machine does not have: Debian packages through apt, as root or through sudo.
import { existsSync } from 'node:fs';
import { command, missingFor } from './packages.mjs';
import { task } from './progress.mjs';
import { Failure, run, runOnTerminal } from './run.mjs';

const offlineSigns =
  /Temporary failure resolving|Could not resolve|Could not connect|Unable to connect|Network is unreachable/;

/** What this machine can do about a missing package. Tests hand in others. */
export function thisMachine() {
  return {
    apt: existsSync('/usr/bin/apt-get'),
    isRoot: process.getuid?.() === 0,
    sudo: Boolean(command('sudo')),
    terminal: Boolean(process.stdin.isTTY && process.stdout.isTTY),
  };
}

/** The command that installs `missing`, as one would type it. */
export const aptCommand = (missing) =>
  `sudo apt-get update && sudo apt-get install --no-install-recommends ${aptNames(missing).join(' ')}`;

const aptNames = (missing) => missing.map((entry) => entry.apt);

/** What to say when nothing can be installed from here. */
export function cannotInstall(missing, machine) {
  const list = missing.map((entry) => `  - ${entry.what} (Debian package ${entry.apt})`).join('\n');
  const cure = machine.apt
    ? `Installing them takes root, and you are not root here. Run this once, then the same command again:\n  ${aptCommand(missing)}`
    : 'README.md, section "macOS and other Linux systems", says how to install them.';
  return `Not installed:\n${list}\n${cure}`;
}

/** Makes sure that everything `name` needs is installed. Throws a Failure that names what is missing and the cure. */
export async function ensureTools(name, machine = thisMachine()) {
  const missing = missingFor(name, machine.apt);
  if (missing.length === 0) return;
  if (!machine.apt) throw new Failure(cannotInstall(missing, machine));

  const words = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...aptNames(missing)];
  const list = missing.map((entry) => entry.apt).join(' ');
  if (machine.isRoot) await installQuietly([], words, list);
  else if (machine.sudo && (await run('sudo', ['-n', 'true'])).ok) await installQuietly(['sudo', '-n'], words, list);
  else if (machine.sudo && machine.terminal) await installAsking(missing, words);
  else throw new Failure(cannotInstall(missing, machine));

  const still = missingFor(name, machine.apt);
  if (still.length > 0) throw new Failure(`apt-get went through, and yet:\n${cannotInstall(still, machine)}`);
}

async function installQuietly(before, words, list) {
  await task(`Installing ${list}`, async (progress) => {
    const apt = (what) => {
      const [program, ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...what];
      return run(program, rest, { onLine: progress, log: 'apt' });
    };
    // On a new machine the package lists are missing or old, and then the first try fails.
    let result = await apt(words);
    if (!result.ok) {
      const update = await apt(['update', '-o', 'DPkg::Lock::Timeout=300']);
      result = update.ok ? await apt(words) : update;
    }
    if (result.ok) return {};
    const output = result.lines.slice(-15).join('\n');
    if (offlineSigns.test(output)) {
      throw new Failure(
        `${output}\n\nDebian's package servers cannot be reached: this machine seems to be offline.\n` +
          `Connect it and run the same command again, or install by hand: sudo apt-get install ${list}`,
      );
    }
    throw new Failure(`${output}\n\napt-get could not install: ${list}`);
  });
}

async function installAsking(missing, words) {
  console.log(`Not installed yet: ${missing.map((entry) => entry.what).join(', ')}. sudo may ask for your password.`);
  await runOnTerminal('sudo', ['apt-get', 'update']);
  const result = await runOnTerminal('sudo', ['apt-get', ...words]);
  if (!result.ok) throw new Failure(cannotInstall(missing, thisMachine()));
}
