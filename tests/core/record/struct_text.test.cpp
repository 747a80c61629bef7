#include "heapyard/record/struct_text.hpp"

#include "support/catch.hpp"

using namespace heapyard;

namespace {

/// The members of the only struct in `text`, as `type name` each.
std::vector<std::string> members_of(const std::string& text) {
  const StructText parsed = parse_structs(text);
  INFO(text << ": " << (parsed.problem ? parsed.problem->message : ""));
  REQUIRE_FALSE(parsed.problem.has_value());
  std::vector<std::string> members;
  for (const MemberText& member : parsed.records.back().members)
    members.push_back(member.type.text + " " + member.name);
  return members;
}

std::vector<std::string> names_of(const std::string& text) {
  const StructText parsed = parse_structs(text);
  INFO(text << ": " << (parsed.problem ? parsed.problem->message : ""));
  REQUIRE_FALSE(parsed.problem.has_value());
  std::vector<std::string> names;
  for (const RecordText& record : parsed.records) names.push_back(record.name);
  return names;
}

Scalar scalar_of(const std::string& type) {
  const StructText parsed = parse_structs("struct S { " + type + " x; };");
  INFO(type << ": " << (parsed.problem ? parsed.problem->message : ""));
  REQUIRE_FALSE(parsed.problem.has_value());
  return parsed.records[0].members[0].type.scalar;
}

using Strings = std::vector<std::string>;

struct Wrong {
  std::string text;
  std::uint32_t line;
  std::uint32_t column;
  std::string message;  // a part of it
};

}  // namespace

TEST_CASE("Every legal order of the words of a type means the same", "[record][parser]") {
  for (const char* type :
       {"unsigned long long int", "unsigned long long", "long unsigned long", "int long unsigned long", "long long",
        "signed long long int", "long const int long", "volatile long int signed long"}) {
    REQUIRE(scalar_of(type) == Scalar::long_long_integer);
  }
  for (const char* type : {"long", "long int", "int long", "unsigned long", "long unsigned int", "int unsigned long"}) {
    REQUIRE(scalar_of(type) == Scalar::long_integer);
  }
  for (const char* type : {"short", "short int", "unsigned short", "int short signed"}) {
    REQUIRE(scalar_of(type) == Scalar::short_integer);
  }
  for (const char* type : {"int", "signed", "unsigned", "unsigned int", "int signed"}) {
    REQUIRE(scalar_of(type) == Scalar::integer);
  }
  for (const char* type : {"char", "signed char", "char unsigned", "char8_t", "const char"}) {
    REQUIRE(scalar_of(type) == Scalar::character);
  }
  REQUIRE(scalar_of("long double") == Scalar::long_double_float);
  REQUIRE(scalar_of("double long") == Scalar::long_double_float);
  REQUIRE(scalar_of("_Bool") == Scalar::boolean);
  REQUIRE(scalar_of("bool") == Scalar::boolean);
  REQUIRE(scalar_of("std::uint32_t") == Scalar::exact_32);
  REQUIRE(scalar_of("u8") == Scalar::exact_8);
  REQUIRE(scalar_of("f64") == Scalar::double_float);
  REQUIRE(scalar_of("std::size_t") == Scalar::word);
  REQUIRE(scalar_of("wchar_t") == Scalar::wide_char);
}

TEST_CASE("Declarators are read as C declares them, several on a line", "[record][parser]") {
  REQUIRE(members_of("struct S { int a, *b, c[3], **d, *e[2]; };") ==
          Strings{"int a", "int * b", "int[3] c", "int ** d", "int *[2] e"});
  REQUIRE(members_of("struct S { int (*f)(int, char *), (*g[4])(void), (*h)[3], (plain); };") ==
          Strings{"int (*)(int, char *) f", "int (*[4])(void) g", "int (*)[3] h", "int () plain"});
  REQUIRE(members_of("struct S { void (*(*f)(int))(char); const char *const *p; };") ==
          Strings{"void (*(*)(int))(char) f", "const char *const * p"});
  REQUIRE(members_of("struct S { u8 m[0x10][010][2u]; char s[1'000]; };") == Strings{"u8[16][8][2] m", "char[1000] s"});
}

TEST_CASE("A pointer or function pointer needs one element, an array all of its dimensions", "[record][parser]") {
  const StructText parsed = parse_structs("struct S { int (*a)[5]; int *b[5]; int c[5][6]; void (*d[7])(int); };");
  REQUIRE_FALSE(parsed.problem.has_value());
  const auto& members = parsed.records[0].members;
  REQUIRE((members[0].type.scalar == Scalar::pointer && members[0].type.count == 1));
  REQUIRE((members[1].type.scalar == Scalar::pointer && members[1].type.count == 5));
  REQUIRE((members[2].type.scalar == Scalar::integer && members[2].type.count == 30));
  REQUIRE((members[3].type.scalar == Scalar::pointer && members[3].type.count == 7));
}

TEST_CASE("Structs are named by tag, by typedef, by member, or by position", "[record][parser]") {
  REQUIRE(names_of("struct A { int x; }; typedef struct { int y; } B; typedef struct C { int z; } D;") ==
          Strings{"A", "B", "C"});
  REQUIRE(names_of("struct { u8 a; u32 b; }") == Strings{"struct"});
  REQUIRE(names_of("struct { u8 a; } struct { u8 a; }; struct S { u8 a; };") == Strings{"struct", "struct 2", "S"});
  REQUIRE(names_of("typedef struct { struct { int x; } in; struct { int y; }; struct { int z; }; } Out;") ==
          Strings{"Out", "Out.in", "Out.(anonymous)", "Out.(anonymous 2)"});
  REQUIRE(names_of("struct Out { struct In { int x; } in[2], *p; struct Type { int y; }; struct Type t; };") ==
          Strings{"Out", "In", "Type"});
  REQUIRE(names_of("typedef struct { int x; } *Pointer, Plain;") == Strings{"Plain"});
}

TEST_CASE("Each struct comes to completion behind all that it contains", "[record][parser]") {
  const StructText parsed =
      parse_structs("struct A { struct B { struct C { int x; } c; } b; }; struct D { struct A a; };");
  REQUIRE_FALSE(parsed.problem.has_value());
  REQUIRE(parsed.completion == std::vector<std::size_t>{2, 1, 0, 3});
}

TEST_CASE("Structs may point to themselves, to later ones and to ones never defined", "[record][parser]") {
  REQUIRE(members_of("struct Node { struct Node *next; Node *same; struct Later *later; };") ==
          Strings{"struct Node * next", "Node * same", "struct Later * later"});
  REQUIRE(members_of("typedef struct Node Node; struct Node { Node *next; int value; }; struct Pair { Node a, b; };") ==
          Strings{"Node a", "Node b"});
  REQUIRE(members_of("struct Later; struct S { struct Later *p; }; struct Later { int x; }; struct T { Later x; };") ==
          Strings{"Later x"});
}

TEST_CASE("Typedefs of scalars, arrays and pointers are followed, and may redefine well-known names",
          "[record][parser]") {
  const StructText parsed = parse_structs(
      "typedef unsigned char u8; typedef unsigned short byte; typedef u8 row[4]; typedef int (*callback)(int);\n"
      "struct S { u8 a; row m[3]; callback f; byte b; };");
  REQUIRE_FALSE(parsed.problem.has_value());
  const auto& members = parsed.records[0].members;
  REQUIRE((members[1].type.count == 12 && members[1].type.text == "row[3]"));
  REQUIRE((members[2].type.scalar == Scalar::pointer && members[2].type.text == "callback"));
  REQUIRE(members[3].type.scalar == Scalar::short_integer);
}

TEST_CASE("Comments, includes, a byte-order mark and Windows line ends are no obstacle", "[record][parser]") {
  REQUIRE(
      members_of("\xef\xbb\xbf#include <stdint.h>\r\n#pragma once\r\n// größe {\r\nstruct S { /* ; } */ u8 a; // b\r\n"
                 "char c; };\r\n") == Strings{"u8 a", "char c"});
}

TEST_CASE("What is wrong is told with its place and what was expected", "[record][parser][errors]") {
  const std::string too_long(300, 'x');
  const std::vector<Wrong> wrongs = {
      {"", 1, 1, "no struct here; expected one"},
      {"// only words\n", 2, 1, "no struct here"},
      {"int x;", 1, 1, "expected 'struct' or 'typedef'"},
      {"struct S { unit8_t a; };", 1, 12, "unknown type 'unit8_t'; expected one such as uint32_t"},
      {"struct S {\n  int a\n  int b;\n};", 2, 8, "expected ';' after 'a'"},
      {"struct S { int a };", 1, 17, "expected ';' after 'a'"},
      {"struct S { int a; }", 1, 20, "expected ';' after '}'"},
      {"struct S { int a; } struct T { int b; };", 1, 20, "expected ';' after '}'"},
      {"struct S { int a;\n char a; };", 2, 7, "'a' is already a member, in line 1"},
      {"struct S { int a; struct { int b; char a; }; };", 1, 44, "'a' of the struct that ends here is already"},
      {"struct S { int a[0]; };", 1, 18, "expected at least 1"},
      {"struct S { int a[9223372036854775808]; };", 1, 18, "fit into no address space"},
      {"struct S { int a[99999999999999999999999999]; };", 1, 18, "fit into no address space"},
      {"struct S { char a[0x1000000][0x1000000][2]; };", 1, 17, "'a' has more than 281474976710656 elements"},
      {"struct S { int a[-1]; };", 1, 18, "expected the number of elements as a literal"},
      {"struct S { int a[N]; };", 1, 18, "'N' is not known here"},
      {"struct S { int a[4*2]; };", 1, 19, "expressions are not read; expected ']' after '4'"},
      {"struct S { int a[09]; };", 1, 18, "'09' is no whole number"},
      {"struct S { int a[1.5]; };", 1, 18, "'1.5' is no whole number"},
      {"struct S { int a[; };", 1, 18, "expected the number of elements"},
      {"struct S { int a[4; };", 1, 19, "expected ']' after '4'"},
      {"struct S { int n; char a[]; };", 1, 26, "flexible array members are not supported yet"},
      {"struct S { unsigned a : 3; };", 1, 23, "bit-fields are not supported yet"},
      {"struct S { unsigned : 3; };", 1, 21, "bit-fields are not supported yet"},
      {"struct S { union { int a; float b; } u; };", 1, 12, "unions are not supported yet"},
      {"union U { int a; };", 1, 1, "unions are not supported yet"},
      {"struct S { enum E e; };", 1, 12, "enums are not supported yet"},
      {"enum E { a };", 1, 1, "enums are not supported yet"},
      {"struct S { alignas(16) int a; };", 1, 12, "alignas is not supported yet"},
      {"struct S { int _Alignas(16) a; };", 1, 16, "_Alignas is not supported yet"},
      {"struct __attribute__((packed)) S { int a; };", 1, 8, "attributes such as packed"},
      {"struct S { int a; } __attribute__((packed));", 1, 21, "attributes such as packed"},
      {"struct S { int a __attribute__((aligned(8))); };", 1, 18, "attributes such as packed"},
      {"struct S { [[no_unique_address]] int a; };", 1, 12, "attributes are not supported yet"},
      {"#pragma pack(1)\nstruct S { int a; };", 1, 1, "'#pragma pack' is not supported yet"},
      {"#define N 4\nstruct S { int a[N]; };", 1, 1, "preprocessor lines other than"},
      {"struct S { struct S s; };", 1, 21, "struct S would contain itself; expected a pointer to it: *s"},
      {"struct S { struct T { S s[2]; } t; };", 1, 25, "struct S would contain itself"},
      {"struct S { struct T t; };", 1, 21, "struct T is not defined above"},
      {"struct S { void v; };", 1, 17, "'v' is void, which has no size; expected a pointer: *v"},
      {"struct S { int f(int); };", 1, 16, "'f' is a function"},
      {"struct S { int &r; };", 1, 16, "references are not supported yet"},
      {"struct S { };", 1, 1, "expected at least one member"},
      {"struct S { int a; }; struct S { int a; };", 1, 29, "struct S is already defined in line 1"},
      {"struct S { int; };", 1, 15, "no member is named here; expected a name after 'int'"},
      {"struct S { int a = 3; };", 1, 18, "initial values are no part of a layout"},
      {"struct S { long float a; };", 1, 12, "'long float' is no type of C"},
      {"struct S { unsigned double a; };", 1, 12, "'unsigned double' is no type of C"},
      {"struct S { long long long a; };", 1, 12, "'long long long' is no type of C"},
      {"struct S { int while; };", 1, 16, "'while' is a keyword; expected a name"},
      {"struct S { int 4; };", 1, 16, "'4' is no name"},
      {"struct S { int struct T t; };", 1, 16, "'struct' is a keyword; expected a name"},
      {"struct S : B { int a; };", 1, 10, "base classes are not supported yet; expected '{'"},
      {"struct S {\n  int a;\n", 3, 1, "expected '}' for the '{' in line 1, column 10"},
      {"struct S { int a; } }", 1, 20, "expected ';' after '}'"},
      {"struct S { int a; }; }", 1, 22, "'}' without a '{' before it"},
      {"struct", 1, 7, "expected '{' after 'struct'"},
      {"typedef struct { int a; };", 1, 26, "expected a name"},
      {"typedef int u; typedef char u; struct S { u a; };", 1, 29, "'u' is already another type"},
      {"struct S { int (*f)(int; };", 1, 24, "expected ')' after 'int'"},
      {"struct S { char c = 'x'; };", 1, 21, "stray '''"},
      {"struct S { int größe; };", 1, 18, "stray 'ö'"},
      {"/* ää */ struct S { int § };", 1, 25, "stray '§'"},
      {"struct S { int a; /* never closed", 1, 19, "this comment is never closed; expected '*/'"},
      {std::string("struct S { int\0 a; };", 21), 1, 15, "a NUL byte"},
      {std::string("// \0", 4), 1, 4, "a NUL byte"},
      {"struct S { int a; \xff };", 1, 19, "byte 0xff is not valid UTF-8"},
      {"// \xc0\xaf overlong", 1, 4, "byte 0xc0 is not valid UTF-8"},
      {"// \xed\xa0\x80 surrogate", 1, 4, "byte 0xed is not valid UTF-8"},
      {"// \xe2\x82", 1, 4, "byte 0xe2 is not valid UTF-8"},
      {"struct S { int \x01; };", 1, 16, "stray control character 0x01"},
      {"struct S { int " + too_long + "; };", 1, 16, "a name of 300 characters; expected at most 255"},
      {"struct " + too_long + " { int a; };", 1, 8, "a name of 300 characters; expected at most 255"},
  };
  for (const Wrong& wrong : wrongs) {
    const StructText parsed = parse_structs(wrong.text);
    INFO(wrong.text);
    REQUIRE(parsed.problem.has_value());
    INFO(parsed.problem->line << ":" << parsed.problem->column << " " << parsed.problem->message);
    CHECK_THAT(parsed.problem->message, test::contains(wrong.message));
    CHECK(parsed.problem->line == wrong.line);
    CHECK(parsed.problem->column == wrong.column);
    CHECK(parsed.problem->length >= 1);
    CHECK(parsed.problem->message.find('\n') == std::string::npos);
  }
}

TEST_CASE("Absurd nesting, length and counts are refused, not run into", "[record][parser][errors]") {
  const auto repeated = [](const std::string& part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
  };
  const auto message_of = [](const std::string& text) {
    const StructText parsed = parse_structs(text);
    return parsed.problem ? parsed.problem->message : std::string();
  };
  REQUIRE_THAT(message_of(repeated("struct S {", 20000)), test::contains("already defined"));
  REQUIRE_THAT(message_of(repeated("struct {", 20000)), test::contains("more than 16 structs within each other"));
  REQUIRE_THAT(message_of("struct S { int " + repeated("(", 100000)), test::contains("more than 16 parentheses"));
  REQUIRE_THAT(message_of("struct S { int " + repeated("*", 100000) + "p; };"),
               test::contains("more than 1024 characters"));
  REQUIRE_THAT(message_of("struct S { int a" + repeated("[1]", 10000) + "; };"),
               test::contains("more than 1024 characters"));
  REQUIRE_THAT(message_of("struct S { int (*f)(" + repeated("int, ", 1000) + "int); };"),
               test::contains("more than 1024 characters"));
  REQUIRE_THAT(message_of(repeated(" ", max_struct_text_bytes + 1)), test::contains("expected at most 262144"));
  std::string many = "struct S {";
  for (std::size_t i = 0; i <= max_struct_members; ++i) many += "int a" + std::to_string(i) + ";";
  REQUIRE_THAT(message_of(many + "};"), test::contains("more than 4096 members"));
  REQUIRE_THAT(message_of(repeated("struct { u8 a; }", max_structs + 1)), test::contains("more than 4096 structs"));
}
