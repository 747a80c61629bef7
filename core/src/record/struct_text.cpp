#include "heapyard/record/struct_text.hpp"

#include "heapyard/say/say.hpp"

#include "declarator.hpp"
#include "type_table.hpp"
#include "type_words.hpp"

#include <map>
#include <utility>

#include <fmt/format.h>

namespace heapyard {
namespace {

constexpr std::size_t no_record = MemberType::no_record;

/// How a struct without a tag gets its name, once its surroundings have theirs.
struct Naming {
  std::size_t parent = no_record;
  std::string local;
};

class StructParser {
 public:
  explicit StructParser(std::string_view text) : cursor_(tokens_of(text)) {}

  StructText run() {
    if (!cursor_.failed()) read_text();
    if (!cursor_.failed()) name_records();
    result_.problem = cursor_.problem();
    return std::move(result_);
  }

 private:
  // Top of the text

  void read_text() {
    while (!cursor_.at_end()) {
      if (cursor_.accept(";")) continue;
      const Token& token = cursor_.here();
      const bool is_typedef = cursor_.accept("typedef");
      if (!is_typedef && !token.is("struct")) return refuse_top(token);
      if (!read_declaration(is_typedef)) return;
    }
    if (result_.records.empty()) {
      cursor_.fail(cursor_.here(), say("no struct here; expected one, such as struct {{ u8 a; u32 b; }};"));
    }
  }

  void refuse_top(const Token& token) {
    const std::string_view unsupported = unsupported_word(token.text);
    if (token.kind == Token::Kind::word && !unsupported.empty()) {
      cursor_.fail(token, std::string(unsupported));
    } else if (token.is("}")) {
      cursor_.fail(token, say("'}}' without a '{{' before it; expected 'struct' or 'typedef'"));
    } else {
      cursor_.fail(token,
                   say("'{}' begins no struct; expected 'struct' or 'typedef'", token.text.substr(0, max_name_bytes)));
    }
  }

  bool read_declaration(bool is_typedef) {
    BaseType base;
    if (!read_base(base, 0)) return false;
    const Token& token = cursor_.here();
    const bool declares =
        token.is("*") || token.is("(") || (token.kind == Token::Kind::word && !is_keyword(token.text));
    if (declares || is_typedef) {
      do {
        Declarator declarator;
        if (!read_declarator(cursor_, declarator)) return false;
        if (is_typedef && !types_.add_alias(base, declarator)) return false;
        if (is_typedef && declarator.steps.empty())
          name_once(base.unnamed, {no_record, std::string(declarator.name.text)});
      } while (cursor_.accept(","));
      return cursor_.expect(";");
    }
    if (base.unnamed != no_record) {  // `struct { … }` is the shorthand of those who only ask for a layout
      cursor_.accept(";");
      return true;
    }
    if (token.is(":")) return cursor_.fail(token, say("base classes are not supported yet; expected '{{'"));
    return cursor_.expect(";");
  }

  /// The first name that a struct without a tag is given is the one it keeps.
  void name_once(std::size_t unnamed, Naming naming) {
    if (unnamed != no_record && namings_[unnamed].local.empty()) namings_[unnamed] = std::move(naming);
  }

  void name_records() {
    std::size_t unnamed = 0;
    for (std::size_t i = 0; i < result_.records.size(); ++i) {
      std::string& name = result_.records[i].name;
      const Naming& naming = namings_[i];
      if (!name.empty()) continue;
      if (naming.parent != no_record) {
        name = fmt::format("{}.{}", result_.records[naming.parent].name, naming.local);
      } else if (!naming.local.empty()) {
        name = naming.local;
      } else {
        name = ++unnamed == 1 ? "struct" : fmt::format("struct {}", unnamed);
      }
    }
  }

  // Types

  /// The specifiers: everything before the first declarator. `depth` counts the structs around.
  bool read_base(BaseType& base, std::size_t depth) {
    TypeWords words;
    bool found = false;
    const Token first = cursor_.here();
    std::string text;
    while (cursor_.here().kind == Token::Kind::word) {
      const Token& token = cursor_.here();
      if (!is_qualifier(token.text)) {
        if (token.is("struct")) {
          if (found || !words.empty()) break;
          if (!read_struct(base, depth)) return false;
          found = true;
          append_word(text, base.type.text);
          continue;
        }
        if (!found && words.add(token.text)) {
          // counted; what the words mean together is known behind the last of them
        } else if (found || !words.empty()) {
          break;
        } else if (token.is("std") && cursor_.ahead().is("::")) {
          cursor_.advance();
          cursor_.advance();
          continue;
        } else if (types_.resolve(token, base)) {
          found = true;
        } else {
          return false;
        }
      }
      append_word(text, token.text);
      cursor_.advance();
    }
    if (!words.empty()) {
      const std::optional<Scalar> scalar = words.scalar();
      if (scalar) base.type.scalar = *scalar;
      base.sized = scalar.has_value();
      if (!scalar && !words.is_void()) {
        return cursor_.fail(first, say("'{}' is no type of C; expected one such as unsigned long or double",
                                       text.substr(0, max_name_bytes)));
      }
    } else if (!found) {
      return refuse_type(cursor_.here());
    }
    if (text.size() > max_type_text_bytes) {
      return cursor_.fail(first, say("a type written in more than {} characters", max_type_text_bytes));
    }
    base.type.text = std::move(text);
    return true;
  }

  static void append_word(std::string& text, std::string_view word) {
    if (!text.empty()) text += ' ';
    text += word;
  }

  bool refuse_type(const Token& token) {
    if (cursor_.at_end()) return cursor_.fail(token, say("the text ends here; expected '}}'"));
    if (token.is("[") && cursor_.ahead().is("[")) {
      return cursor_.fail(token, say("attributes are not supported yet; expected a type"));
    }
    if (token.is("~")) return cursor_.fail(token, say("functions are no members of a layout; expected a type"));
    return cursor_.fail(token, say("'{}' is no type; expected one such as uint32_t, double or char *",
                                   token.text.substr(0, max_name_bytes)));
  }

  // Structs

  bool read_struct(BaseType& base, std::size_t depth) {
    const Token keyword = cursor_.here();
    cursor_.advance();
    Token name;
    if (cursor_.here().kind == Token::Kind::word) {
      name = cursor_.here();
      const std::string_view unsupported = unsupported_word(name.text);
      if (!unsupported.empty()) return cursor_.fail(name, std::string(unsupported));
      if (is_keyword(name.text)) return cursor_.fail(name, say("'{}' is a keyword; expected a name", name.text));
      if (name.text.size() > max_name_bytes) {
        return cursor_.fail(name,
                            say("a name of {} characters; expected at most {}", name.text.size(), max_name_bytes));
      }
      cursor_.advance();
    } else if (!cursor_.here().is("{")) {
      return cursor_.expect("{");
    }
    if (cursor_.here().is("{")) return define_struct(keyword, name, base, depth);
    types_.use_tag(name.text, base);
    base.type.text = fmt::format("struct {}", name.text);
    return true;
  }

  bool define_struct(const Token& keyword, const Token& name, BaseType& base, std::size_t depth) {
    if (depth >= max_struct_nesting) {
      return cursor_.fail(keyword, say("more than {} structs within each other", max_struct_nesting));
    }
    if (result_.records.size() == max_structs) {
      return cursor_.fail(keyword, say("more than {} structs in one text", max_structs));
    }
    const std::size_t record = result_.records.size();
    if (!name.text.empty()) {
      const std::size_t known = types_.record_of(name.text);
      if (known != no_record) {
        return cursor_.fail(name, say("struct {} is already defined in line {}; expected a new name", name.text,
                                      result_.records[known].line));
      }
      types_.open_tag(name.text, record);
    }
    result_.records.push_back({std::string(name.text), {}, keyword.line, keyword.column});
    namings_.emplace_back();
    const Token brace = cursor_.here();
    cursor_.advance();
    MemberNames names;
    while (!cursor_.accept("}")) {
      if (cursor_.accept(";")) continue;
      if (cursor_.at_end()) {
        return cursor_.fail(cursor_.here(),
                            say("the text ends within a struct; expected '}}' for the '{{' in line {}, column {}",
                                brace.line, brace.column));
      }
      if (!read_member(record, names, depth)) return false;
    }
    if (result_.records[record].members.empty()) {
      return cursor_.fail(keyword, say("a struct without members has no layout in C; expected at least one member"));
    }
    if (!name.text.empty()) types_.close_tag(name.text);
    if (name.text.empty()) visible_names_[record] = std::move(names);
    result_.completion.push_back(record);
    base.type.record = record;
    base.type.text = name.text.empty() ? "struct {...}" : fmt::format("struct {}", name.text);
    base.tag = name.text;
    base.unnamed = name.text.empty() ? record : no_record;
    base.defines = true;
    return true;
  }

  // Members

  using MemberNames = std::map<std::string_view, std::uint32_t>;  // name to line

  bool read_member(std::size_t record, MemberNames& names, std::size_t depth) {
    if (cursor_.here().is("}")) return true;
    BaseType base;
    if (!read_base(base, depth + 1)) return false;
    if (cursor_.here().is(";") && base.defines) {
      // A struct with a tag and no member name only declares a type; one without either shows its members through.
      const bool added = base.unnamed == no_record || add_anonymous(record, base, names);
      return added && cursor_.expect(";");
    }
    if (cursor_.here().is(";")) {
      return cursor_.fail(cursor_.here(), say("no member is named here; expected a name after '{}'", base.type.text));
    }
    do {
      Declarator declarator;
      MemberType type;
      if (!read_declarator(cursor_, declarator) || !refuse_behind_name(declarator) ||
          !types_.apply(base, declarator, type) || !add_name(declarator.name, names)) {
        return false;
      }
      name_once(base.unnamed, {record, std::string(declarator.name.text)});
      if (!add_member(
              record,
              {std::string(declarator.name.text), std::move(type), declarator.name.line, declarator.name.column},
              declarator.name)) {
        return false;
      }
    } while (cursor_.accept(","));
    return cursor_.expect(";");
  }

  bool refuse_behind_name(const Declarator& declarator) {
    const Token& token = cursor_.here();
    if (token.is(":")) {
      return cursor_.fail(token,
                          say("bit-fields are not supported yet; expected ';' after '{}'", declarator.name.text));
    }
    if (token.is("=")) {
      return cursor_.fail(token,
                          say("initial values are no part of a layout; expected ';' after '{}'", declarator.name.text));
    }
    const std::string_view unsupported = token.kind == Token::Kind::word ? unsupported_word(token.text) : "";
    if (!unsupported.empty() && token.text[0] == '_') return cursor_.fail(token, std::string(unsupported));
    return true;
  }

  bool add_name(const Token& name, MemberNames& names) {
    const auto [entry, added] = names.try_emplace(name.text, name.line);
    return added || cursor_.fail(name, say("'{}' is already a member, in line {}; expected a new name", name.text,
                                           entry->second));
  }

  bool add_anonymous(std::size_t record, const BaseType& base, MemberNames& names) {
    std::size_t anonymous = 1;
    for (const MemberText& member : result_.records[record].members) anonymous += member.name[0] == '(' ? 1 : 0;
    const std::string name = anonymous == 1 ? "(anonymous)" : fmt::format("(anonymous {})", anonymous);
    namings_[base.unnamed] = {record, name};
    const RecordText& inner = result_.records[base.unnamed];
    for (const auto& [inner_name, line] : visible_names_[base.unnamed]) {
      const auto [entry, added] = names.try_emplace(inner_name, line);
      if (!added) {
        return cursor_.fail(
            cursor_.here(),
            say("'{}' of the struct that ends here is already a member, in line {}; expected a new name", inner_name,
                entry->second));
      }
    }
    return add_member(record, {name, base.type, inner.line, inner.column}, cursor_.here());
  }

  bool add_member(std::size_t record, MemberText member, const Token& at) {
    std::vector<MemberText>& members = result_.records[record].members;
    if (members.size() == max_struct_members) {
      return cursor_.fail(at, say("more than {} members in one struct", max_struct_members));
    }
    members.push_back(std::move(member));
    return true;
  }

  TokenCursor cursor_;
  TypeTable types_{cursor_};
  StructText result_;
  std::vector<Naming> namings_;                       // parallel to result_.records
  std::map<std::size_t, MemberNames> visible_names_;  // of structs without a tag, for those around them
};

}  // namespace

StructText parse_structs(std::string_view text) {
  return StructParser(text).run();
}

}  // namespace heapyard
