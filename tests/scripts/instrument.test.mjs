// What the instrumentation makes of LLVM's text, old and new: pointers with and without types. That it runs is for the
// native tests to say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { touched } from '../../scripts/instrument/accesses.mjs';
import { checkFormats } from '../../scripts/instrument/formats.mjs';
import { metadataOf, split } from '../../scripts/instrument/metadata.mjs';
import { instrument } from '../../scripts/instrument/rewrite.mjs';
import { TypeTable } from '../../scripts/instrument/types.mjs';

const program = (pointer) => `define dso_local i32 @main() #0 !dbg !5 {
entry:
  %x = alloca i32, align 4
  call void @llvm.dbg.declare(metadata ${pointer('i32')} %x, metadata !8, metadata !DIExpression()), !dbg !10
  store i32 7, ${pointer('i32')} %x, align 4, !dbg !10
  %p = call ${pointer('i8')} @malloc(i64 8), !dbg !11
  %v = load i8, ${pointer('i8')} %p, align 1, !dbg !12
  ret i32 0, !dbg !13
}

!1 = !DIFile(filename: "lesson.cpp", directory: "/")
!5 = distinct !DISubprogram(name: "main", scope: !1, file: !1, line: 1)
!8 = !DILocalVariable(name: "x", scope: !5, file: !1, line: 2, type: !9)
!9 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!10 = !DILocation(line: 2, column: 3, scope: !5)
!11 = !DILocation(line: 3, column: 3, scope: !5)
!12 = !DILocation(line: 4, column: 3, scope: !5)
!13 = !DILocation(line: 5, column: 1, scope: !5)
`;
const typed = program((type) => `${type}*`);
const opaque = program(() => 'ptr');
const hooks = (text) => [...text.matchAll(/call void @heapyard_(\w+)\(([^)]*)\)/g)].map(([, name]) => name);

for (const [name, text] of Object.entries({ typed, opaque })) {
  test(`A program with ${name} pointers gets a hook at each line, variable, access and end`, () => {
    const made = instrument(text, { file: 'lesson.cpp', id: 'a-lesson' });
    assert.deepEqual(hooks(made.text), ['enter', 'variable', 'at', 'store', 'at', 'at', 'load', 'leave']);
    assert.match(made.text, /define i32 @heapyard_lesson_a_lesson\(\)/);
    assert.match(made.text, /@heapyard_lesson_malloc\(i64 8\)/);
    assert.deepEqual(made.functions, [{ name: 'main', line: 1 }]);
    assert.deepEqual(made.variables, [{ name: 'x', type: 1, line: 2, parameter: false }]);
    assert.equal(made.types[1].name, 'int');
  });
}

test('A function of another file is not stepped through, but what it reads and writes is asked about', () => {
  const made = instrument(typed, { file: 'another.cpp', id: 'x' });
  assert.deepEqual(hooks(made.text), ['load']);
});

test('A format that lessons cannot print with is refused, in old and in new text', () => {
  const printing = (format, pointer) => [
    `@.str = private unnamed_addr constant [9 x i8] c"${format}\\00", align 1`,
    pointer === 'ptr'
      ? '  %1 = call i32 (ptr, ...) @printf(ptr noundef @.str, i32 noundef 7), !dbg !3'
      : '  %1 = call i32 (i8*, ...) @printf(i8* noundef getelementptr inbounds ([9 x i8], [9 x i8]* @.str, i32 0, i32 0), i32 noundef 7), !dbg !3',
  ];
  for (const pointer of ['ptr', 'i8*']) {
    for (const format of ['%d %zu %llx\\0A', '100 %% of %s%c', '%g', 'nothing'])
      assert.doesNotThrow(() => checkFormats(printing(format, pointer), 'lesson.cpp'), format);
    for (const [format, wrong] of [
      ['%5d', '%5'],
      ['%d %.1f', '%.'],
      ['%', '%'],
      ['%hd', '%h'],
    ])
      assert.throws(() => checkFormats(printing(format, pointer), 'lesson.cpp'), {
        message: new RegExp(`^lesson\\.cpp: printf of ${wrong}\\. A lesson prints with %c`),
      });
  }
  const unknown = '  %1 = call i32 (ptr, ...) @printf(ptr noundef %0)';
  assert.throws(() => checkFormats([unknown], 'lesson.cpp'), { message: /no literal/ });
});

test('What an instruction touches is found in every form', () => {
  const of = (line) => touched(`  ${line}`).map(({ hook, operand, of: type, size }) => [hook, operand, type ?? size]);
  assert.deepEqual(of('%1 = load i32, i32* %p, align 4, !dbg !3'), [['load', '%p', 'i32']]);
  assert.deepEqual(of('%1 = load i32, ptr %p, align 4'), [['load', '%p', 'i32']]);
  assert.deepEqual(of('%1 = load { i32*, i64 }, { i32*, i64 }* %p, align 8'), [['load', '%p', '{ i32*, i64 }']]);
  assert.deepEqual(of('%1 = load atomic i64, i64* %p seq_cst, align 8'), [['load', '%p', 'i64']]);
  assert.deepEqual(of('store i8* %v, i8** %p, align 8'), [['store', '%p', 'i8*']]);
  assert.deepEqual(of('store { i32, i32 } { i32 1, i32 2 }, ptr %p, align 4'), [['store', '%p', '{ i32, i32 }']]);
  assert.deepEqual(of('store volatile float 1.0, float* %p, align 4'), [['store', '%p', 'float']]);
  assert.deepEqual(of('%1 = atomicrmw add i32* %p, i32 1 seq_cst, align 4'), [['store', '%p', 'i32']]);
  assert.deepEqual(
    of('call void @llvm.memcpy.p0i8.p0i8.i64(i8* align 1 %a, i8* align 8 %b, i64 16, i1 false), !dbg !4'),
    [
      ['load', '%b', 'i64 16'],
      ['store', '%a', 'i64 16'],
    ],
  );
  assert.deepEqual(of('call void @llvm.memset.p0i8.i32(i8* %a, i8 0, i32 %n, i1 false)'), [['store', '%a', 'i32 %n']]);
  assert.deepEqual(of('%1 = add i32 %2, %3'), []);
  assert.deepEqual(of('call void @other(i32* %p)'), []);
});

test('Texts are split at their own commas alone', () => {
  assert.deepEqual(split('a, {b, c}, "d, e", f(g, h)'), ['a', '{b, c}', '"d, e"', 'f(g, h)']);
  assert.deepEqual(split(''), []);
});

test('Types have the names that one would write, whoever wrote the library', () => {
  const nodes = metadataOf([
    '!1 = !DINamespace(name: "std", scope: null)',
    '!2 = !DINamespace(name: "__2", scope: !1, exportSymbols: true)',
    '!3 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)',
    '!4 = !DICompositeType(tag: DW_TAG_class_type, name: "vector<int, std::__2::allocator<int> >", scope: !2, size: 96, templateParams: !5)',
    '!5 = !{!6}',
    '!6 = !DITemplateTypeParameter(name: "_Tp", type: !3)',
    '!7 = !DICompositeType(tag: DW_TAG_class_type, name: "span<const int, 4294967295UL>", scope: !2, size: 64, templateParams: !5)',
    '!8 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !9, size: 32)',
    '!9 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !3)',
    '!10 = !DIDerivedType(tag: DW_TAG_typedef, name: "__unique_single", baseType: !11)',
    '!11 = !DICompositeType(tag: DW_TAG_class_type, name: "unique_ptr<int, std::__2::default_delete<int> >", scope: !2, size: 32, templateParams: !5)',
    '!12 = !DICompositeType(tag: DW_TAG_class_type, name: "basic_string<char, std::__2::char_traits<char>, std::__2::allocator<char> >", scope: !2, size: 96)',
  ]);
  const table = new TypeTable(nodes);
  const told = (id) => {
    const { kind, name } = table.types[table.number(id)];
    return `${kind} ${name}`;
  };
  assert.equal(told('!4'), 'vector std::vector<int>');
  assert.equal(told('!7'), 'span std::span<const int>');
  assert.equal(told('!8'), 'pointer const int*');
  assert.equal(told('!10'), 'unique_ptr std::unique_ptr<int>');
  assert.equal(told('!12'), 'string std::string');
});

test('Members of base classes are told with their own, static ones and tables of methods are not', () => {
  const nodes = metadataOf([
    '!1 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)',
    '!2 = !DICompositeType(tag: DW_TAG_structure_type, name: "Base", size: 64, elements: !3)',
    '!3 = !{!4, !5}',
    '!4 = !DIDerivedType(tag: DW_TAG_member, name: "_vptr$Base", baseType: !1, size: 32)',
    '!5 = !DIDerivedType(tag: DW_TAG_member, name: "a", baseType: !1, size: 32, offset: 32)',
    '!6 = !DICompositeType(tag: DW_TAG_structure_type, name: "Derived", size: 96, elements: !7)',
    '!7 = !{!8, !9, !10}',
    '!8 = !DIDerivedType(tag: DW_TAG_inheritance, baseType: !2, offset: 0)',
    '!9 = !DIDerivedType(tag: DW_TAG_member, name: "b", baseType: !1, size: 32, offset: 64)',
    '!10 = !DIDerivedType(tag: DW_TAG_member, name: "shared", baseType: !1, flags: DIFlagPublic | DIFlagStaticMember)',
  ]);
  const table = new TypeTable(nodes);
  const { members } = table.types[table.number('!6')];
  assert.deepEqual(
    members.map(({ name, offset }) => [name, offset]),
    [
      ['a', 4],
      ['b', 8],
    ],
  );
});

test('A type that comes back to itself under another name is told under that name too', () => {
  const nodes = metadataOf([
    '!1 = !DICompositeType(tag: DW_TAG_class_type, name: "Owner<Node>", size: 64, elements: !2)',
    '!2 = !{!3}',
    '!3 = !DIDerivedType(tag: DW_TAG_member, name: "block", baseType: !4, size: 64)',
    '!4 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !5, size: 64)',
    '!5 = !DICompositeType(tag: DW_TAG_structure_type, name: "Node", size: 192, elements: !6)',
    '!6 = !{!7, !10}',
    '!7 = !DIDerivedType(tag: DW_TAG_member, name: "next", baseType: !8, size: 64)',
    '!8 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !9)',
    '!9 = !DIDerivedType(tag: DW_TAG_typedef, name: "Rc<Node>", baseType: !1)',
    '!10 = !DIDerivedType(tag: DW_TAG_member, name: "edges", baseType: !11, size: 128, offset: 64)',
    '!11 = !DICompositeType(tag: DW_TAG_array_type, baseType: !9, size: 128, elements: !12)',
    '!12 = !{!13}',
    '!13 = !DISubrange(count: 2)',
  ]);
  const table = new TypeTable(nodes);
  const told = (id) => {
    const { kind, name, size, count, members } = table.types[table.number(id)];
    return [kind, name, size, count, members.map((member) => member.name).join()];
  };
  assert.deepEqual(told('!9'), ['record', 'Rc<Node>', 8, 0, 'block']);
  assert.deepEqual(told('!8'), ['record', 'const Rc<Node>', 8, 0, 'block']);
  assert.deepEqual(told('!11'), ['array', 'Rc<Node>[2]', 16, 2, '']);
  const node = table.types[table.number('!5')];
  assert.deepEqual(
    node.members.map(({ type }) => table.types[type].kind),
    ['record', 'array'],
  );
});
