// The rules of docs/architecture.md as functions over sources: each returns what breaks it, a line each.

/** The rooms table of docs/architecture.md: room → the rooms it may include. */
export function roomsOf(markdown) {
  const rooms = new Map();
  for (const line of markdown.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const name = /^`(\w+)`$/.exec(cells[1] ?? '')?.[1];
    if (!name) continue;
    const names =
      cells.at(-2) === '-'
        ? []
        : cells
            .at(-2)
            .split(',')
            .map((word) => word.trim());
    rooms.set(name, names);
  }
  return rooms;
}

/** The same table as CMake has it: heapyard_room(NAME MAY_INCLUDE …). */
export function roomsOfCMake(text) {
  const rooms = new Map();
  for (const [, words] of text.matchAll(/heapyard_room\(([^)]*)\)/g)) {
    const [name, ...rest] = words.trim().split(/\s+/);
    const from = rest.indexOf('MAY_INCLUDE') + 1;
    const end = rest.findIndex((word) => word === 'LINKS' || word === 'APART');
    rooms.set(name, from === 0 ? [] : rest.slice(from, end === -1 ? undefined : end));
  }
  return rooms;
}

/** Source without comments and the contents of strings, lines kept. Includes keep their names. */
export function codeOf(source) {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|R"([^(\s]*)\([\s\S]*?\)\1"|^[ \t]*#[ \t]*include[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gm;
  return source.replace(token, (found) => {
    if (/^[/R]/.test(found)) return found.replace(/[^\n]/g, ' ');
    if (/^[ \t]*#/.test(found)) return found;
    return found[0] + found.at(-1);
  });
}

/** The #include lines of a source: what stands between the marks, and where. */
export function includesOf(source) {
  const found = [];
  codeOf(source)
    .split('\n')
    .forEach((line, index) => {
      const match = /^\s*#\s*include\s*(["<])([^">]+)[">]/.exec(line);
      if (match) found.push({ name: match[2], quoted: match[1] === '"', line: index + 1 });
    });
  return found;
}

const roomOf = (path) => /^core\/(?:include\/heapyard|src)\/(\w+)\//.exec(path)?.[1];
const roomIncluded = (name) => /^heapyard\/(\w+)\//.exec(name)?.[1];

/** Sources of core/ include only what their room may: rooms of the table, files beside them, the standard library, {fmt}. */
export function wrongIncludesInCore(files, rooms) {
  const names = new Map(files);
  return eachInclude(files, /^core\//, (path, { name, quoted }) => {
    const room = roomOf(path);
    if (!rooms.has(room)) return 'is in no room of docs/architecture.md';
    const other = roomIncluded(name);
    if (other) {
      if (!rooms.has(other)) return `includes ${name}, of a room that docs/architecture.md does not know`;
      return other === room || rooms.get(room).includes(other) ? '' : `(${room}) must not include ${other}`;
    }
    const beside = /^core\/src\//.test(path) && !name.includes('/') && names.has(path.replace(/[^/]+$/, name));
    if (quoted) return beside ? '' : `includes "${name}": neither a room's header nor a file beside it`;
    return /^(fmt\/)?[\w.]+$/.test(name) ? '' : `includes <${name}>: core knows the standard library and {fmt} only`;
  });
}

/** The program and the module may include all of core, and never each other. */
export function wrongIncludesInProducts(files) {
  return [
    ...eachInclude(files, /^cli\//, (_, { name }) => {
      return /^(emscripten|wasm)\//.test(name) ? `includes ${name}: the program knows nothing of WebAssembly` : '';
    }),
    ...eachInclude(files, /^wasm\//, (_, { name }) => {
      return /^(CLI|cli|nlohmann)\//.test(name) ? `includes ${name}: the module knows nothing of the program` : '';
    }),
  ];
}

function eachInclude(files, where, judge) {
  const wrong = [];
  for (const [path, source] of files) {
    if (!where.test(path) || !/\.[ch]pp$/.test(path)) continue;
    for (const include of includesOf(source)) {
      const words = judge(path, include);
      if (words) wrong.push(`${path}:${include.line} ${words}`);
    }
  }
  return wrong;
}

/** Only cli/ writes to stdout. */
export function usesOfStdout(files) {
  const stdout =
    /\bstd::cout\b|\bstdout\b|(?<![\w.>])(?:std::)?(?:printf|puts|putchar)\s*\(|\bfmt::print(?:ln)?\s*\(|<iostream>/;
  return lines(files, /^(core|wasm)\/.*\.[ch]pp$/, (line) =>
    stdout.test(line) ? 'writes to stdout: that is for cli/ alone' : '',
  );
}

/** Files of the page that reach for a WebAssembly module at run time (types are free to all). */
export function importersOfModule(files) {
  const statement = /^\s*(?:import|export)\s+(type\s)?[^;'"]*from\s+['"]([^'"]+)['"];?/gm;
  const named = /['"`/](?:heapyard|allocators|races|race-times|structs|pictures|measures|exercises)\.(?:js|wasm)\b/;
  const reaches = (source) =>
    [...source.matchAll(statement)].some(([, type, from]) => !type && from.endsWith('/module.js')) ||
    named.test(source.replace(statement, ''));
  return [...files]
    .filter(([path, source]) => /^web\/src\/.*\.ts$/.test(path) && !path.endsWith('.d.ts') && reaches(source))
    .map(([path]) => path);
}

/** The page asks nobody else for anything: no address of another host in what it loads. */
export function foreignAddresses(files) {
  const allowed = /http:\/\/www\.w3\.org\/|http:\/\/127\.0\.0\.1|http:\/\/localhost/g;
  return lines(files, /^web\/.*\.(ts|css|html)$/, (line) => {
    const loads = /\b(?:src|import|fetch|url)\b[^\n]*\bhttps?:\/\//.test(line.replace(allowed, ''));
    return loads ? 'loads something from another host' : '';
  });
}

function lines(files, where, judge) {
  const wrong = [];
  for (const [path, source] of files) {
    if (!where.test(path)) continue;
    const text = /\.[ch]pp$/.test(path) ? codeOf(source) : source;
    text.split('\n').forEach((line, index) => {
      const words = judge(line);
      if (words) wrong.push(`${path}:${index + 1} ${words}`);
    });
  }
  return wrong;
}
