#include "support/random_structs.hpp"

#include <array>

namespace heapyard::test {
namespace {

constexpr std::array scalars = {
    "char",
    "signed char",
    "unsigned char",
    "bool",
    "_Bool",
    "short",
    "unsigned short int",
    "int",
    "unsigned",
    "signed int",
    "long",
    "unsigned long",
    "long unsigned",
    "int long",
    "long long",
    "unsigned long long int",
    "long int unsigned long",
    "float",
    "double",
    "long double",
    "double long",
    "int8_t",
    "uint8_t",
    "int16_t",
    "uint16_t",
    "int32_t",
    "uint32_t",
    "int64_t",
    "uint64_t",
    "size_t",
    "ptrdiff_t",
    "intptr_t",
    "uintptr_t",
    "wchar_t",
    "char8_t",
    "char16_t",
    "char32_t",
    "u8",
    "u16",
    "u32",
    "u64",
    "i8",
    "i16",
    "i32",
    "i64",
    "f32",
    "f64",
    "const int",
    "volatile double",
    "char const",
    "intmax_t",
};

class Generator {
 public:
  explicit Generator(Random& random) : random_(random) {}

  RandomStruct next() {
    RandomStruct result;
    result.name = "S" + std::to_string(names_.size());
    names_member_ = 0;
    const std::uint64_t members = random_.between(1, 9);
    for (std::uint64_t i = 0; i < members; ++i) result.members.push_back(member(0));
    result.text = "struct " + result.name + " {";
    for (const std::string& declaration : result.members) result.text += gap() + declaration;
    result.text += gap() + "};\n";
    names_.push_back(result.name);
    return result;
  }

 private:
  std::string member(int depth) {
    const std::string name = "m" + std::to_string(names_member_++);
    if (depth < 2 && random_.chance(8)) {
      return body(depth) + (random_.chance(50) ? ";" : " " + name + array() + ";");
    }
    const std::string type = random_.chance(15) && !names_.empty()
                                 ? "struct " + names_[random_.below(names_.size())]
                                 : std::string(scalars[random_.below(scalars.size())]);
    switch (random_.below(9)) {
      case 0: return type + " *" + name + array() + ";";
      case 1: return type + " *const *" + name + ";";
      case 2: return "void (*" + name + array() + ")(int, char *);";
      case 3: return type + " (*" + name + ")[4];";
      case 4: return type + " *(*" + name + "[2])(void);";
      default: return type + " " + name + array() + ";";
    }
  }

  std::string body(int depth) {
    std::string text = "struct {";
    const std::uint64_t members = random_.between(1, 4);
    for (std::uint64_t i = 0; i < members; ++i) text += " " + member(depth + 1);
    return text + " }";
  }

  std::string array() {
    if (!random_.chance(25)) return "";
    constexpr std::array dimensions = {"[1]", "[2]", "[3]", "[7]", "[0x10]", "[013]", "[2][3]", "[1][1][5]", "[4u]"};
    return dimensions[random_.below(dimensions.size())];
  }

  std::string gap() {
    constexpr std::array gaps = {" ", "\n  ", " /* between */ ", " // to the end\n", "\t", "\r\n"};
    return gaps[random_.below(gaps.size())];
  }

  Random& random_;
  std::vector<std::string> names_;
  int names_member_ = 0;
};

}  // namespace

std::vector<RandomStruct> random_structs(Random& random, std::size_t count) {
  Generator generator(random);
  std::vector<RandomStruct> structs;
  for (std::size_t i = 0; i < count; ++i) structs.push_back(generator.next());
  return structs;
}

}  // namespace heapyard::test
