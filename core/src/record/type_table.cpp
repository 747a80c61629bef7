#include "type_table.hpp"

#include "heapyard/say/say.hpp"

#include "type_words.hpp"

#include <optional>
#include <string>

namespace heapyard {

bool TypeTable::resolve(const Token& token, BaseType& base) {
  if (const auto alias = aliases_.find(token.text); alias != aliases_.end()) {
    base = alias->second;
    if (!base.tag.empty()) use_tag(base.tag, base);
  } else if (tags_.count(token.text) != 0) {
    use_tag(token.text, base);
  } else if (const std::optional<Scalar> scalar = well_known_type(token.text)) {
    base.type.scalar = *scalar;
  } else {
    const std::string_view unsupported = unsupported_word(token.text);
    if (!unsupported.empty()) return cursor_.fail(token, std::string(unsupported));
    return cursor_.fail(
        token, say("unknown type '{}'; expected one such as uint32_t, double, char * or a struct defined above",
                   token.text.substr(0, max_name_bytes)));
  }
  return true;
}

void TypeTable::use_tag(std::string_view tag, BaseType& base) {
  const Tag& known = tags_[tag];
  base.tag = tag;
  base.type.record = known.record;
  base.sized = known.record != MemberType::no_record && !known.open;
}

bool TypeTable::apply(const BaseType& base, const Declarator& declarator, MemberType& type) {
  type = base.type;
  type.count = 1;
  if (!declarator.text.empty()) {
    if (declarator.text[0] != '[') type.text += ' ';
    type.text += declarator.text;
  }
  for (const Declarator::Step& step : declarator.steps) {
    if (step.part == Declarator::Part::function) {
      return cursor_.fail(
          declarator.name,
          say("'{0}' is a function, which takes no bytes of a struct; expected a pointer to one, such as (*{0})(int)",
              declarator.name.text));
    }
    if (step.part == Declarator::Part::pointer) {
      type.scalar = Scalar::pointer;
      type.record = MemberType::no_record;
      return true;
    }
    if (!multiply(type.count, step.count, declarator.name)) return false;
  }
  return base.sized ? multiply(type.count, base.type.count, declarator.name) : refuse_unsized(base, declarator);
}

bool TypeTable::multiply(std::uint64_t& count, std::uint64_t factor, const Token& name) {
  if (count > max_array_elements / factor) {
    return cursor_.fail(
        name, say("'{}' has more than {} elements, which fit into no address space", name.text, max_array_elements));
  }
  count *= factor;
  return true;
}

bool TypeTable::refuse_unsized(const BaseType& base, const Declarator& declarator) {
  const std::string_view name = declarator.name.text;
  if (base.tag.empty()) {
    return cursor_.fail(declarator.name, say("'{0}' is void, which has no size; expected a pointer: *{0}", name));
  }
  const auto tag = tags_.find(base.tag);
  return cursor_.fail(
      declarator.name,
      tag->second.open
          ? say("struct {} would contain itself; expected a pointer to it: *{}", base.tag, name)
          : say("struct {} is not defined above; expected its definition, or a pointer to it: *{}", base.tag, name));
}

bool TypeTable::add_alias(const BaseType& base, const Declarator& declarator) {
  BaseType alias = base;
  alias.unnamed = MemberType::no_record;
  alias.defines = false;
  if (!declarator.steps.empty()) {
    if (!apply(base, declarator, alias.type)) return false;
    alias.sized = true;
    alias.tag = {};
  }
  alias.type.text = std::string(declarator.name.text);
  const auto [entry, added] = aliases_.try_emplace(declarator.name.text, alias);
  const BaseType& known = entry->second;
  const bool same = known.type.scalar == alias.type.scalar && known.type.record == alias.type.record &&
                    known.type.count == alias.type.count && known.tag == alias.tag && known.sized == alias.sized;
  if (!added && !same) {
    return cursor_.fail(declarator.name,
                        say("'{}' is already another type; expected a new name", declarator.name.text));
  }
  return true;
}

std::size_t TypeTable::record_of(std::string_view tag) const {
  const auto found = tags_.find(tag);
  return found == tags_.end() ? MemberType::no_record : found->second.record;
}

}  // namespace heapyard
