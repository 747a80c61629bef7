// The one entry of every npm script: `node scripts/main.mjs COMMAND …`. It runs before any package is installed and on
// any Node, so it uses old syntax only and loads the rest after looking at the version.
const commands = [
  'start',
  'build',
  'test',
  'native',
  'bench',
  'fuzz',
  'soak',
  'mutate',
  'format',
  'approve',
  'guides',
  'words',
];

const version = process.versions.node.split('.').map(Number);
if (version[0] < 18 || (version[0] === 18 && version[1] < 15)) {
  console.error(
    'Heapyard needs Node 18.15 or newer; this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\nDebian 12: sudo apt-get install nodejs npm. Elsewhere: https://nodejs.org',
  );
  process.exit(1);
}

const command = process.argv[2];
if (!commands.includes(command)) {
  console.error('usage: npm run COMMAND, where COMMAND is one of: ' + commands.join(', '));
  process.exit(2);
}

import('./lib/entry.mjs').then((entry) => entry.run(command, process.argv.slice(3)));
