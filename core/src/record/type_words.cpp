#include "type_words.hpp"

#include "heapyard/say/say.hpp"

namespace heapyard {
namespace {

struct WellKnown {
  std::string_view name;
  Scalar scalar;
};

constexpr WellKnown well_known[] = {
    {"int8_t", Scalar::exact_8},     {"uint8_t", Scalar::exact_8},   {"int16_t", Scalar::exact_16},
    {"uint16_t", Scalar::exact_16},  {"int32_t", Scalar::exact_32},  {"uint32_t", Scalar::exact_32},
    {"int64_t", Scalar::exact_64},   {"uint64_t", Scalar::exact_64}, {"intmax_t", Scalar::exact_64},
    {"uintmax_t", Scalar::exact_64}, {"i8", Scalar::exact_8},        {"u8", Scalar::exact_8},
    {"i16", Scalar::exact_16},       {"u16", Scalar::exact_16},      {"i32", Scalar::exact_32},
    {"u32", Scalar::exact_32},       {"i64", Scalar::exact_64},      {"u64", Scalar::exact_64},
    {"f32", Scalar::single_float},   {"f64", Scalar::double_float},  {"size_t", Scalar::word},
    {"ssize_t", Scalar::word},       {"ptrdiff_t", Scalar::word},    {"intptr_t", Scalar::word},
    {"uintptr_t", Scalar::word},     {"usize", Scalar::word},        {"isize", Scalar::word},
    {"wchar_t", Scalar::wide_char},  {"char8_t", Scalar::character}, {"char16_t", Scalar::exact_16},
    {"char32_t", Scalar::exact_32},  {"byte", Scalar::exact_8},
};

}  // namespace

bool TypeWords::add(std::string_view word) {
  if (word == "char") {
    ++char_;
  } else if (word == "short") {
    ++short_;
  } else if (word == "long") {
    ++long_;
  } else if (word == "int") {
    ++int_;
  } else if (word == "signed" || word == "unsigned") {
    ++sign_;
  } else if (word == "float") {
    ++float_;
  } else if (word == "double") {
    ++double_;
  } else if (word == "bool" || word == "_Bool") {
    ++bool_;
  } else if (word == "void") {
    ++void_;
  } else {
    return false;
  }
  ++words_;
  return true;
}

std::optional<Scalar> TypeWords::scalar() const {
  if (sign_ > 1 || int_ > 1) return std::nullopt;
  if (char_ == 1 && words_ == 1 + sign_) return Scalar::character;
  if (bool_ == 1 && words_ == 1) return Scalar::boolean;
  if (float_ == 1 && words_ == 1) return Scalar::single_float;
  if (double_ == 1 && words_ == 1) return Scalar::double_float;
  if (double_ == 1 && long_ == 1 && words_ == 2) return Scalar::long_double_float;
  if (short_ + long_ + int_ + sign_ != words_ || words_ == 0) return std::nullopt;
  if (short_ == 1 && long_ == 0) return Scalar::short_integer;
  if (short_ == 0 && long_ == 0) return Scalar::integer;
  if (short_ == 0 && long_ == 1) return Scalar::long_integer;
  if (short_ == 0 && long_ == 2) return Scalar::long_long_integer;
  return std::nullopt;
}

std::optional<Scalar> well_known_type(std::string_view name) {
  for (const WellKnown& known : well_known) {
    if (known.name == name) return known.scalar;
  }
  return std::nullopt;
}

std::string_view unsupported_word(std::string_view word) {
  if (word == "union") return translated("unions are not supported yet; expected a struct or a scalar type");
  if (word == "enum")
    return translated("enums are not supported yet; expected the integer type behind it, such as int");
  if (word == "class") return translated("classes are not read; expected 'struct'");
  if (word == "alignas") return translated("alignas is not supported yet; expected a member with natural alignment");
  if (word == "_Alignas") return translated("_Alignas is not supported yet; expected a member with natural alignment");
  if (word == "__attribute__" || word == "__attribute")
    return translated("attributes such as packed and aligned are not supported yet; expected natural alignment");
  if (word == "__declspec") return translated("__declspec is not supported yet; expected natural alignment");
  if (word == "__packed") return translated("packed structs are not supported yet; expected natural alignment");
  if (word == "_Atomic") return translated("_Atomic is not supported yet; expected a plain type");
  if (word == "_Complex")
    return translated("complex types are not supported yet; expected an array of two, such as double[2]");
  if (word == "_BitInt") return translated("_BitInt is not supported yet; expected an ordinary integer type");
  if (word == "__int128")
    return translated(
        "__int128 is not supported yet: not every platform here has it; expected an ordinary integer type");
  if (word == "static") return translated("a static member takes no bytes of the struct; expected a member");
  if (word == "extern") return translated("'extern' is no part of a struct; expected a member");
  if (word == "virtual") return translated("virtual functions are not supported yet; expected a member");
  if (word == "template") return translated("templates are not read; expected a struct");
  if (word == "namespace") return translated("namespaces are not read; expected a struct");
  if (word == "using") return translated("'using' is not read; expected 'typedef' or a struct");
  if (word == "public" || word == "private" || word == "protected")
    return translated("access specifiers are not read; expected a member");
  return {};
}

}  // namespace heapyard
