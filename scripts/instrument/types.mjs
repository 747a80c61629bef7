// Debug information's types as the tables of the core know them: scalars, pointers, arrays, records, and the shapes of
// the standard library's own classes, which are told in standard words and not in the words of one implementation.

const encodings = {
  DW_ATE_boolean: 'boolean',
  DW_ATE_signed: 'signed_integer',
  DW_ATE_unsigned: 'unsigned_integer',
  DW_ATE_signed_char: 'character',
  DW_ATE_unsigned_char: 'character',
  DW_ATE_UTF: 'character',
  DW_ATE_float: 'floating',
};
const transparent = ['DW_TAG_const_type', 'DW_TAG_volatile_type', 'DW_TAG_restrict_type', 'DW_TAG_typedef'];
const pointers = ['DW_TAG_pointer_type', 'DW_TAG_reference_type', 'DW_TAG_rvalue_reference_type'];
const union = 'DW_TAG_union_type';
const records = ['DW_TAG_class_type', 'DW_TAG_structure_type', union];

/** Classes of the standard library: their kind, and which of their template's parameters is what they hold. */
const shapes = new Map(
  Object.entries({
    vector: 'vector',
    span: 'span',
    basic_string: 'string',
    basic_string_view: 'string_view',
    unique_ptr: 'unique_ptr',
    shared_ptr: 'shared_ptr',
    weak_ptr: 'weak_ptr',
    optional: 'optional',
    atomic: 'atomic',
  }),
);

export class TypeTable {
  /** @param {Map<string, import('./metadata.mjs').Node>} nodes */
  constructor(nodes) {
    this.nodes = nodes;
    /** In the order of their numbers: { kind, name, size, target, count, members }; number 0 is void. */
    this.types = [{ kind: 'nothing', name: 'void', size: 0, target: 0, count: 0, members: [] }];
    this.numbers = new Map();
    /** Numbers of types that are being described, and what waits for that. */
    this.unfinished = new Map();
  }

  /** The number of a type; one that is not needed is never entered. */
  number(id) {
    if (id === undefined || id === 'null') return 0;
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    const node = this.nodes.get(id);
    const { tag } = node.fields;
    if (transparent.includes(tag)) return this.#renamed(id, node);
    const number = this.#enter(id, Number(node.fields.size ?? 0) / 8);
    this.unfinished.set(number, []);
    Object.assign(this.types[number], this.#describe(node));
    this.#finish(number);
    return number;
  }

  /**
   * A typedef and a `const` are the type itself under another name. One that comes up while its type is being
   * described, as in `struct Node { Rc<Node> next; }`, is told when that is done.
   */
  #renamed(id, node) {
    const base = this.number(node.fields.baseType);
    const number = this.#enter(id, this.types[base].size);
    const copy = () => Object.assign(this.types[number], { ...this.types[base], name: this.name(id) });
    const waiting = this.unfinished.get(base);
    if (!waiting) {
      copy();
      return number;
    }
    this.unfinished.set(number, []);
    waiting.push(() => {
      copy();
      this.#finish(number);
    });
    return number;
  }

  #finish(number) {
    const waiting = this.unfinished.get(number);
    this.unfinished.delete(number);
    for (const tell of waiting) tell();
  }

  #enter(id, size) {
    this.numbers.set(id, this.types.length);
    return this.types.push({ kind: 'nothing', name: this.name(id), size, target: 0, count: 0, members: [] }) - 1;
  }

  /** @param {import('./metadata.mjs').Node} node */
  #describe({ kind, fields = {} }) {
    const size = Number(fields.size ?? 0) / 8;
    // Only `char` is for text; `signed char` and `unsigned char` are the small integers.
    if (/^(un)?signed char$/.test(fields.name)) return { kind: `${fields.name.split(' ')[0]}_integer`, size };
    if (kind === 'DIBasicType') return { kind: encodings[fields.encoding] ?? 'nothing', size };
    if (pointers.includes(fields.tag)) return { kind: 'pointer', size, target: this.number(fields.baseType) };
    if (fields.tag === 'DW_TAG_enumeration_type') {
      return fields.name === 'byte'
        ? { kind: 'byte', size }
        : { kind: 'enumeration', size, target: this.number(fields.baseType), members: this.#enumerators(fields) };
    }
    if (fields.tag === 'DW_TAG_array_type') {
      const target = this.number(fields.baseType);
      return { kind: 'array', size, target, count: size / (this.types[target].size || 1) };
    }
    if (!records.includes(fields.tag)) return { size }; // functions, members' pointers: their bytes are all there is
    const kindOfRecord = fields.tag === union ? 'either' : 'record';
    return this.#shape(fields, size) ?? { kind: kindOfRecord, size, members: this.#members(fields) };
  }

  #shape(fields, size) {
    const shape = this.#isOfStd(fields.scope) && shapes.get(fields.name.replace(/<.*/, ''));
    if (!shape) return undefined;
    const [first] = this.#list(fields.templateParams);
    const target = this.number(first?.fields.type);
    // A `unique_ptr<T[]>` points to the first of several.
    const element = this.types[target].kind === 'array' ? this.types[target].target : target;
    return { kind: shape, size, target: element };
  }

  #members(fields) {
    const members = [];
    for (const { fields: member } of this.#list(fields.elements)) {
      const offset = Number(member.offset ?? 0) / 8;
      if (member.tag === 'DW_TAG_inheritance') {
        const base = this.types[this.number(member.baseType)];
        members.push(...base.members.map((each) => ({ ...each, offset: each.offset + offset })));
      }
      const isStatic = member.flags?.includes('DIFlagStaticMember');
      if (member.tag !== 'DW_TAG_member' || isStatic || member.name?.startsWith('_vptr')) continue;
      members.push({ name: member.name ?? '', type: this.number(member.baseType), offset });
    }
    return members;
  }

  #enumerators(fields) {
    return this.#list(fields.elements).map((each) => ({
      name: each.fields.name,
      type: 0,
      offset: Number(each.fields.value),
    }));
  }

  #list(id) {
    const node = id && this.nodes.get(id);
    return node ? node.items.map((item) => this.nodes.get(item)).filter((each) => each?.fields) : [];
  }

  #isOfStd(scope) {
    const node = scope && this.nodes.get(scope);
    if (node?.kind !== 'DINamespace') return false;
    return node.fields.exportSymbols ? this.#isOfStd(node.fields.scope) : node.fields.name === 'std';
  }

  /** A type's name as one would write it, the same from every standard library. */
  name(id) {
    if (id === undefined || id === 'null') return 'void';
    const { fields, kind } = this.nodes.get(id);
    switch (fields.tag) {
      case 'DW_TAG_const_type':
        return withConst(this.name(fields.baseType));
      case 'DW_TAG_volatile_type':
      case 'DW_TAG_restrict_type':
        return this.name(fields.baseType);
      case 'DW_TAG_pointer_type':
        return suffixed(this.name(fields.baseType), '*');
      case 'DW_TAG_reference_type':
        return suffixed(this.name(fields.baseType), '&');
      case 'DW_TAG_rvalue_reference_type':
        return suffixed(this.name(fields.baseType), '&&');
      case 'DW_TAG_array_type': {
        const [range] = this.#list(fields.elements);
        return `${this.name(fields.baseType)}[${range?.fields.count ?? ''}]`;
      }
      case 'DW_TAG_typedef':
        // A name that is reserved for the library is none that anybody wrote.
        if (fields.name.startsWith('__')) return this.name(fields.baseType);
        return plain(`${this.#isOfStd(fields.scope) ? 'std::' : ''}${fields.name}`);
      case undefined:
        return kind === 'DIBasicType' ? fields.name : 'function';
      default:
        return plain(`${this.#isOfStd(fields.scope) ? 'std::' : ''}${fields.name ?? 'unnamed'}`);
    }
  }
}

const withConst = (name) => (name.endsWith('*') ? `${name} const` : `const ${name}`);
const suffixed = (name, suffix) => (name.endsWith('*') ? name + suffix : `${name}${suffix}`);

/** Without what a reader leaves out: default allocators and deleters, inline namespaces, a span's dynamic extent. */
export function plain(name) {
  return name
    .replace(/std::__\w+::/g, 'std::')
    .replace(/, (18446744073709551615|4294967295)(UL|U)?(?=>)/g, '')
    .replace(/basic_string(_view)?<char(, std::char_traits<char>)?(, std::allocator<char> ?)?>/g, 'string$1')
    .replace(/, std::(allocator|default_delete)<[^<>]*(<[^<>]*>)?[^<>]*> ?(?=>)/g, '')
    .replace(/ >/g, '>');
}
