// Reads declarations of TypeScript (web/src/core/module.d.ts) and holds live values to them.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const { SyntaxKind } = ts;
const primitives = new Map([
  [SyntaxKind.StringKeyword, 'string'],
  [SyntaxKind.NumberKeyword, 'number'],
  [SyntaxKind.BooleanKeyword, 'boolean'],
]);

/** The interfaces of a declaration file: name → its members, with those of the interfaces that it extends. */
export function interfacesOf(file) {
  return interfacesIn(readFileSync(file, 'utf8'));
}

export function interfacesIn(text) {
  const source = ts.createSourceFile('module.d.ts', text, ts.ScriptTarget.ES2022, true);
  const interfaces = new Map();
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement)) continue;
    const bases = (statement.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.getText()));
    const inherited = bases.flatMap((base) => [...interfaces.get(base)]);
    interfaces.set(statement.name.text, [...inherited, ...statement.members]);
  }
  return interfaces;
}

export const methodsOf = (members) => members.filter(ts.isMethodSignature);
export const nameOf = (member) => member.name.getText();

/** What of `value` is not as its type says: a line each, with where it stands. */
export function misfits(interfaces, value, type, where) {
  const wrong = (expected) => [`${where}: expected ${expected}, found ${shown(value)}`];
  if (primitives.has(type.kind))
    return typeof value === primitives.get(type.kind) ? [] : wrong(primitives.get(type.kind));
  if (type.kind === SyntaxKind.VoidKeyword) return value === undefined ? [] : wrong('nothing');
  if (ts.isLiteralTypeNode(type)) return value === null ? [] : wrong('null');
  if (ts.isParenthesizedTypeNode(type)) return misfits(interfaces, value, type.type, where);
  if (ts.isUnionTypeNode(type)) {
    const fits = type.types.some((one) => misfits(interfaces, value, one, where).length === 0);
    return fits ? [] : wrong(type.getText());
  }
  if (ts.isArrayTypeNode(type)) {
    if (!Array.isArray(value)) return wrong('an array');
    return value.flatMap((element, index) => misfits(interfaces, element, type.elementType, `${where}[${index}]`));
  }
  if (ts.isTypeLiteralNode(type)) return misfitsOfObject(interfaces, value, type.members, where);
  const name = type.typeName.getText();
  if (!interfaces.has(name)) return value?.constructor?.name === name ? [] : wrong(name);
  const members = interfaces.get(name);
  return methodsOf(members).length > 0
    ? misfitsOfClass(value, members, where)
    : misfitsOfObject(interfaces, value, members, where);
}

function misfitsOfObject(interfaces, value, members, where) {
  if (typeof value !== 'object' || value === null) return [`${where}: expected an object, found ${shown(value)}`];
  const declared = members.map(nameOf);
  return [
    ...Object.keys(value)
      .filter((key) => !declared.includes(key))
      .map((key) => `${where}.${key} is not declared`),
    ...members.flatMap((member) =>
      misfits(interfaces, value[nameOf(member)], member.type, `${where}.${nameOf(member)}`),
    ),
  ];
}

/** An object of a bound class has the declared methods, and no other. */
function misfitsOfClass(value, members, where) {
  const declared = methodsOf(members).map(nameOf);
  const live = Object.getOwnPropertyNames(Object.getPrototypeOf(value)).filter((name) => name !== 'constructor');
  return [
    ...declared.filter((name) => typeof value[name] !== 'function').map((name) => `${where}.${name} does not exist`),
    ...live.filter((name) => !declared.includes(name)).map((name) => `${where}.${name} is not declared`),
  ];
}

const shown = (value) => (typeof value === 'object' && value !== null ? value.constructor.name : String(value));
