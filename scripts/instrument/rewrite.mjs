// Puts calls of the core's hooks into a module in LLVM's textual form: at each line of the program, where a function of
// its begins and ends, where a variable comes and goes, and before each load and store. Nothing of the program itself
// is touched but the names of what it calls: the memory functions of C reach the arena.
import { touched } from './accesses.mjs';
import { checkFormats } from './formats.mjs';
import { metadataOf } from './metadata.mjs';
import { plain, TypeTable } from './types.mjs';

const replaced = [
  ...['malloc', 'calloc', 'realloc', 'aligned_alloc', 'free'],
  ...['printf', 'puts', 'putchar', 'strlen', 'strcpy', 'strcat'],
  ...['pthread_create', 'pthread_join'],
];
const prefix = 'heapyard_lesson_';

/**
 * @param {string} text the module, from clang with -g and without optimisation
 * @param {{ file: string, id: string }} program the name of its source without folders, and its own
 */
export function instrument(text, { file, id }) {
  const lines = text.split('\n');
  checkFormats(lines, file);
  const nodes = metadataOf(lines);
  const types = new TypeTable(nodes);
  const tables = { functions: [], variables: [] };
  const out = [];
  const opaque = !/\bi8\*/.test(text); // pointers know no more what they point to: since LLVM 15
  const places = placesOf(nodes);
  let body;
  for (const line of lines) {
    if (line.startsWith('define ')) {
      body = new Body({ line, nodes, places, types, tables, file, opaque });
      out.push(renamed(internal(line), id));
    } else if (body && line === '}') {
      out.push(line);
      body = undefined;
    } else if (body) {
      out.push(...body.instrumented(line).map((each) => renamed(each, id)));
    } else {
      out.push(renamed(internal(line), id));
    }
  }
  const pointer = opaque ? 'ptr' : 'i8*';
  out.push(
    '',
    'declare void @heapyard_at(i32)',
    'declare void @heapyard_enter(i32)',
    'declare void @heapyard_leave()',
    `declare void @heapyard_variable(${pointer}, i32)`,
    `declare void @heapyard_gone(${pointer})`,
    `declare void @heapyard_load(${pointer}, i64)`,
    `declare void @heapyard_store(${pointer}, i64)`,
  );
  const takesArguments = lines.some((line) => /^define .*@(main|__main_argc_argv)\(i32/.test(line));
  return { text: `${out.join('\n')}\n`, takesArguments, types: types.types, ...tables };
}

/** Two programs may have functions and classes of the same names: none of them is seen outside. */
function internal(line) {
  const definition = /^define |^@\S+ = /.test(line);
  if (!definition || !/ (linkonce_odr|weak_odr|dso_local|hidden)\b|^define (?!internal)/.test(line)) return line;
  if (/^@\S+ = (external|private|internal)/.test(line) || line.includes(' internal ')) return line;
  if (/^@llvm\./.test(line) || line.includes(' available_externally ')) return line;
  const linkage = /\b(linkonce_odr|weak_odr|linkonce|weak) /;
  const plainly = line.replace(/,? comdat(\(\$[^)]*\))?/, '');
  const hidden = plainly.replace(/ (dso_local|hidden)\b/g, '');
  if (linkage.test(hidden)) return hidden.replace(linkage, 'internal ');
  return hidden.startsWith('define ')
    ? hidden.replace('define ', 'define internal ')
    : hidden.replace(' = ', ' = internal ');
}

function renamed(line, id) {
  if (!line.includes('@')) return line;
  return line
    .replace(/^define internal (.*)@(?:main|__main_argc_argv)\(/, `define $1@${prefix}${id.replaceAll('-', '_')}(`)
    .replace(/@(\w+)\(/g, (call, name) => (replaced.includes(name) ? `@${prefix}${name}(` : call));
}

/** One function's lines, one after the other. */
class Body {
  constructor({ line, nodes, places, types, tables, file, opaque }) {
    this.nodes = nodes;
    this.types = types;
    this.tables = tables;
    this.opaque = opaque;
    const subprogram = nodes.get(/!dbg (!\d+)/.exec(line)?.[1]);
    const { file: source, flags = '' } = subprogram?.fields ?? {};
    // What the compiler wrote by itself, a constructor or destructor, is no more the program's than the library is.
    this.own = (nodes.get(source)?.fields.filename.endsWith(file) ?? false) && !flags.includes('DIFlagArtificial');
    this.subprogram = subprogram;
    this.entered = !this.own;
    this.line = 0; // the last one told in this basic block
    this.stack = new Set(); // what is allocated on the stack
    this.location = places.get(subprogram?.id); // a call in a function with debug information must have a place
    this.count = 0;
  }

  instrumented(line) {
    if (/^[\w.$"-]+:/.test(line)) {
      this.line = 0;
      return [line];
    }
    const allocated = /^\s+(%\S+) = alloca /.exec(line);
    if (allocated) {
      this.stack.add(allocated[1]);
      return [line];
    }
    if (!/^ {2}\S/.test(line) || /^\s+(%\S+ = )?(phi|landingpad) /.test(line)) return [line];
    const before = [];
    if (!this.entered) {
      this.entered = true;
      before.push(this.#call('enter', `i32 ${this.#function()}`));
    }
    if (!this.own) return [...before, ...this.#accesses(line), line];
    if (line.includes('@llvm.dbg.declare(')) return [...before, line, ...this.#declared(line)];
    if (line.includes('#dbg_declare(')) return [...before, line, ...this.#declared(line)];
    if (line.includes('@llvm.lifetime.start')) return [...before, line];
    before.push(...this.#reached(line));
    if (line.includes('@llvm.lifetime.end')) return [...before, line, ...this.#ended(line)];
    if (/^\s+ret /.test(line)) before.push(this.#call('leave', ''));
    return [...before, ...this.#accesses(line), line];
  }

  #call(name, words) {
    return `  call void @heapyard_${name}(${words})${debug(this.location)}`;
  }

  #function() {
    const { name, line } = this.subprogram.fields;
    return this.tables.functions.push({ name: plain(name), line: Number(line) }) - 1;
  }

  /** Tells the line that an instruction is the first of. To leave is no line of its own: where it leads is told there. */
  #reached(line) {
    const location = /!dbg (!\d+)/.exec(line)?.[1];
    const node = location && this.nodes.get(location);
    if (!node || node.kind !== 'DILocation' || node.fields.inlinedAt) return [];
    this.location = location;
    const number = Number(node.fields.line);
    if (number === 0 || number === this.line || /^\s+(br label|ret) | = load .+ %retval,/.test(line)) return [];
    this.line = number;
    return [this.#call('at', `i32 ${number}`)];
  }

  /** A variable comes into being: where it lies. */
  #declared(line) {
    const match =
      /@llvm\.dbg\.declare\(metadata (.+) (%[\w.]+), metadata (!\d+), metadata !DIExpression\((.*?)\)\), !dbg (!\d+)/.exec(
        line,
      ) ?? /#dbg_declare\((.+) (%[\w.]+), (!\d+), !DIExpression\((.*?)\), (!\d+)\)/.exec(line);
    if (!match) return [];
    const [, type, address, variable, expression, location] = match;
    const { name, flags = '', ...fields } = this.nodes.get(variable).fields;
    if (!name || name.startsWith('__') || (flags.includes('DIFlagArtificial') && name !== 'this')) return [];
    const told = {
      name,
      type: this.types.number(fields.type),
      line: Number(fields.line ?? 0),
      parameter: 'arg' in fields,
    };
    const number = this.tables.variables.push(told) - 1;
    const place = this.#pointer(type, address, location, expression.includes('DW_OP_deref'));
    return [...place.lines, `  call void @heapyard_variable(${place.value}, i32 ${number}), !dbg ${location}`];
  }

  #ended(line) {
    const match = /@llvm\.lifetime\.end[\w.]*\((?:i64 (?:immarg )?-?\d+, )?(i8\*|ptr)(?: \w+)* (%[\w.]+)\)/.exec(line);
    return match ? [this.#call('gone', `${match[1]} ${match[2]}`)] : [];
  }

  /** An operand as a pointer to bytes; `indirect`: what it points to is that pointer. */
  #pointer(type, operand, location, indirect = false) {
    const fresh = () => `%heapyard.${++this.count}`;
    if (this.opaque) {
      if (!indirect) return { lines: [], value: `ptr ${operand}` };
      const loaded = fresh();
      return { lines: [`  ${loaded} = load ptr, ptr ${operand}${debug(location)}`], value: `ptr ${loaded}` };
    }
    const lines = [];
    let [from, name] = [type, operand];
    if (indirect) {
      const loaded = fresh();
      lines.push(`  ${loaded} = load ${type.slice(0, -1)}, ${type} ${operand}${debug(location)}`);
      [from, name] = [type.slice(0, -1), loaded];
    }
    if (from === 'i8*') return { lines, value: `i8* ${name}` };
    const cast = fresh();
    return { lines: [...lines, `  ${cast} = bitcast ${from} ${name} to i8*${debug(location)}`], value: `i8* ${cast}` };
  }

  /**
   * The hooks before an instruction that touches memory. What surely lies on the stack cannot be a fault; only which
   * variables of the program were written is asked there.
   */
  #accesses(line) {
    const location = /!dbg (!\d+)/.exec(line)?.[1];
    return touched(line).flatMap(({ hook, type, operand, of, size }) => {
      if (this.stack.has(operand) && (hook === 'load' || !this.own)) return [];
      const place = this.#pointer(type, operand, location);
      const bytes = size ? this.#wide(size, location) : { lines: [], value: this.#sizeOf(of) };
      const call = `  call void @heapyard_${hook}(${place.value}, i64 ${bytes.value})${debug(location)}`;
      return [...place.lines, ...bytes.lines, call];
    });
  }

  /** A length as 64 bits: `i32 %n` needs an instruction of its own. */
  #wide(size, location) {
    const [type, value] = size.split(' ');
    if (type === 'i64' || !value.startsWith('%')) return { lines: [], value };
    const wide = `%heapyard.${++this.count}`;
    return { lines: [`  ${wide} = zext ${type} ${value} to i64${debug(location)}`], value: wide };
  }

  #sizeOf(type) {
    const [pointer, first] = this.opaque ? ['ptr', 'ptr null'] : [`${type}*`, `${type}* null`];
    return `ptrtoint (${pointer} getelementptr (${type}, ${first}, i32 1) to i64)`;
  }
}

const debug = (location) => (location ? `, !dbg ${location}` : '');

/** A place in each function. */
function placesOf(nodes) {
  const places = new Map();
  for (const { id, kind, fields } of nodes.values()) {
    if (kind === 'DILocation' && !fields.inlinedAt) places.set(functionOf(nodes, fields.scope), id);
  }
  return places;
}

function functionOf(nodes, scope) {
  const node = nodes.get(scope);
  return node?.kind.startsWith('DILexicalBlock') ? functionOf(nodes, node.fields.scope) : scope;
}
