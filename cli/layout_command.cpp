// `heapyard layout`: struct text in, sizes, offsets and padding out.
#include "heapyard/record/record_layout.hpp"
#include "heapyard/view/record_svg.hpp"

#include "commands.hpp"
#include "input.hpp"
#include "record_drawing.hpp"

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace heapyard::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* examples =
    "Examples:\n"
    "  heapyard layout packet.h\n"
    "  echo 'struct { u8 a; u32 b; u16 c; u64 d; }' | heapyard layout -\n"
    "  heapyard layout --abi all packet.h          every ABI side by side\n"
    "  heapyard layout --json packet.h             for scripts\n"
    "  heapyard layout --svg packet.h > packet.svg\n"
    "\n"
    "Reads C: integers and floating types under all their names, pointers, arrays,\n"
    "nested structs, typedefs; u8, i32, f64 for short.";

struct LayoutOptions {
  std::string file;
  std::string abi{abis().front().name};
  bool json = false;
  bool svg = false;
};

Json json_of(const RecordLayout& record) {
  Json members = Json::array();
  for (const MemberLayout& member : record.members) {
    members.push_back({{"name", member.name},
                       {"type", member.type},
                       {"offset", member.offset},
                       {"size", member.size},
                       {"alignment", member.alignment},
                       {"bit_offset", nullptr},
                       {"bit_width", nullptr}});
  }
  Json padding = Json::array();
  for (const PaddingRange& range : record.padding) {
    padding.push_back({{"offset", range.offset}, {"size", range.size}});
  }
  return {
      {"name", record.name},
      {"abi", record.abi},
      {"size", record.size},
      {"alignment", record.alignment},
      {"members", members},
      {"padding", padding},
      {"minimal", {{"size", record.minimal.size}, {"order", record.minimal.order}, {"proved", record.minimal.proved}}}};
}

void draw(Terminal& terminal, const std::vector<RecordLayout>& records, std::size_t abis_each) {
  for (std::size_t i = 0; i < records.size(); i += abis_each) {
    if (i > 0) terminal.write("\n\n");
    if (abis_each > 1) {
      draw_comparison(terminal, std::span(records).subspan(i, abis_each));
    } else {
      draw_record(terminal, records[i], std::string(find_abi(records[i].abi)->title));
    }
  }
}

Exit run_layout(Terminal& terminal, const LayoutOptions& options) {
  const std::optional<Input> input = read_input(terminal, options.file, max_struct_text_bytes);
  if (!input) return Exit::usage;
  const StructText text = parse_structs(input->text);
  if (text.problem) {
    report(terminal, *input, *text.problem);
    return Exit::usage;
  }
  std::vector<std::vector<RecordLayout>> by_abi;
  for (const Abi& abi : abis()) {
    if (options.abi != "all" && options.abi != abi.name) continue;
    RecordLayouts layouts = lay_out(text, abi);
    if (layouts.problem) {
      report(terminal, *input, *layouts.problem);
      return Exit::usage;
    }
    by_abi.push_back(std::move(layouts.records));
  }
  // One after the other for each struct, so that its ABIs stand together.
  std::vector<RecordLayout> records;
  for (std::size_t record = 0; record < text.records.size(); ++record) {
    for (std::vector<RecordLayout>& layouts : by_abi) records.push_back(std::move(layouts[record]));
  }
  if (options.json) {
    Json list = Json::array();
    for (const RecordLayout& record : records) list.push_back(json_of(record));
    terminal.write(Json{{"records", list}}.dump(2) + "\n");
  } else if (options.svg) {
    terminal.write(record_svg(records));
  } else {
    draw(terminal, records, by_abi.size());
  }
  return Exit::fine;
}

}  // namespace

Command layout_command(CLI::App& program) {
  const auto options = std::make_shared<LayoutOptions>();
  CLI::App* command = program.add_subcommand("layout", "Show where the members and the padding of a struct are");
  command->footer(examples);
  command->add_option("FILE", options->file, "Struct text in C; - for standard input")->required()->type_name("");
  std::vector<std::string> names;
  for (const Abi& abi : abis()) names.emplace_back(abi.name);
  names.emplace_back("all");
  command->add_option("--abi", options->abi, "The platform whose sizes count")
      ->check(CLI::IsMember(names))
      ->type_name("NAME")
      ->capture_default_str();
  CLI::Option* json = command->add_flag("--json", options->json, "Write JSON");
  command->add_flag("--svg", options->svg, "Write a picture as SVG")->excludes(json);
  return {command, [options](Terminal& terminal) { return run_layout(terminal, *options); }};
}

}  // namespace heapyard::cli
