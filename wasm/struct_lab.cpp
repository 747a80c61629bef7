#include "struct_lab.hpp"

#include "heapyard/view/record_twin.hpp"

#include "convert.hpp"

namespace heapyard::wasm {
namespace {

using emscripten::val;

val member_object(const MemberLayout& member) {
  Object object;
  object.set("name", member.name);
  object.set("type", member.type);
  object.set("offset", static_cast<double>(member.offset));
  object.set("size", static_cast<double>(member.size));
  object.set("alignment", static_cast<double>(member.alignment));
  return object;
}

val padding_object(const PaddingRange& range) {
  Object object;
  object.set("offset", static_cast<double>(range.offset));
  object.set("size", static_cast<double>(range.size));
  return object;
}

val record_object(const RecordLayout& record) {
  Object minimal;
  minimal.set("size", static_cast<double>(record.minimal.size));
  minimal.set("order", array_of(record.minimal.order, [](const std::string& name) { return val(name); }));
  minimal.set("proved", record.minimal.proved);
  Object object;
  object.set("name", record.name);
  object.set("abi", std::string(record.abi));
  object.set("size", static_cast<double>(record.size));
  object.set("alignment", static_cast<double>(record.alignment));
  object.set("members", array_of(record.members, member_object));
  object.set("padding", array_of(record.padding, padding_object));
  object.set("tailPadding", static_cast<double>(record.tail_padding));
  object.set("minimal", minimal);
  return object;
}

}  // namespace

StructLabObject::StructLabObject(const std::string& text) {
  const StructText structs = parse_structs(text);
  if (structs.problem) problems_.push_back(*structs.problem);
  for (const Abi& abi : abis()) {
    if (!problems_.empty()) break;
    RecordLayouts layouts = lay_out(structs, abi);
    if (layouts.problem) problems_.push_back(*layouts.problem);
    by_abi_.push_back(std::move(layouts.records));
  }
}

val StructLabObject::problems() const {
  return array_of(problems_, problem_object);
}

const std::vector<RecordLayout>& StructLabObject::layouts(const std::string& abi) const {
  static const std::vector<RecordLayout> none;
  std::size_t index = 0;
  for (const Abi& known : abis()) {
    if (known.name == abi) return problems_.empty() ? by_abi_[index] : none;
    ++index;
  }
  return none;
}

val StructLabObject::records(const std::string& abi) const {
  return array_of(layouts(abi), record_object);
}

std::string StructLabObject::twin(const std::string& abi) const {
  std::string text;
  for (const RecordLayout& record : layouts(abi)) text += (text.empty() ? "" : "\n") + record_twin(record);
  return text;
}

std::unique_ptr<StructLabObject> parse_struct_lab(const std::string& text) {
  return std::make_unique<StructLabObject>(text);
}

val abi_list() {
  return array_of(abis(), [](const Abi& abi) {
    Object object;
    object.set("name", std::string(abi.name));
    object.set("title", std::string(abi.title));
    return object;
  });
}

}  // namespace heapyard::wasm
