#include "heap_json.hpp"

#include "heapyard/view/heap_words.hpp"

#include "heap_drawing.hpp"

#include <limits>
#include <string>

#include <nlohmann/json.hpp>

namespace heapyard::cli {
namespace {

using Json = nlohmann::ordered_json;

/// Writes an array one entry a line.
class ArrayWriter {
 public:
  ArrayWriter(Terminal& terminal, const char* key) : terminal_(terminal) {
    terminal_.write(std::string("  \"") + key + "\": [");
  }
  void add(const Json& entry) {
    terminal_.write((empty_ ? "\n    " : ",\n    ") + entry.dump());
    empty_ = false;
  }
  void end(const char* after) { terminal_.write(std::string(empty_ ? "]" : "\n  ]") + after + "\n"); }

 private:
  Terminal& terminal_;
  bool empty_ = true;
};

Json line_or_null(std::uint32_t line) {
  return line == 0 ? Json(nullptr) : Json(line);
}

/// The bytes that a call asked for; null when no 64 bits hold them.
Json requested(const Event& event) {
  if (event.kind != EventKind::calloc) return event.size;
  if (event.size != 0 && event.count > std::numeric_limits<std::uint64_t>::max() / event.size) return nullptr;
  return event.size * event.count;
}

Json json_of(const Statistics& statistics) {
  return {{"allocations", statistics.allocations},
          {"deallocations", statistics.deallocations},
          {"failed_allocations", statistics.failed_allocations},
          {"live_blocks", statistics.live_blocks},
          {"live_bytes", statistics.live_bytes},
          {"high_water_mark", statistics.high_water_mark},
          {"internal_fragmentation", statistics.internal_fragmentation},
          {"external_fragmentation", statistics.external_fragmentation},
          {"largest_free", statistics.largest_free}};
}

Json json_of(const Lab& lab, const Fault& fault) {
  const FaultLines lines = fault_lines(lab, fault);
  const FaultWords words = fault_words(lab, fault);
  return {{"step", fault.step},
          {"kind", name_of(fault.kind)},
          {"line", line_or_null(lines.committed)},
          {"allocated_line", line_or_null(lines.allocated)},
          {"freed_line", line_or_null(lines.freed)},
          {"message", words.message + " " + words.silently}};
}

Json json_of(const OwnedBlock& block) {
  const bool used = block.state == BlockState::used;
  return {{"offset", block.offset},
          {"size", block.size},
          {"payload_offset", used ? Json(block.payload_offset) : Json(nullptr)},
          {"payload_size", used ? Json(block.payload_size) : Json(nullptr)},
          {"state", used ? "used" : "free"}};
}

}  // namespace

void write_heap_json(Terminal& terminal, const Lab& lab, Moment moment) {
  const History& history = lab.history();
  terminal.write("{\n  \"allocator\": " + Json(lab.allocator()).dump() + ",\n  \"arena_bytes\": " +
                 Json(lab.arena_bytes()).dump() + ",\n  \"steps\": " + Json(history.steps()).dump() +
                 ",\n  \"stats\": " + json_of(history.statistics()).dump() + ",\n");

  ArrayWriter failures(terminal, "failures");
  for (std::uint32_t step = 1; step <= history.now(); ++step) {
    const Event& event = history.trace().event(step);
    if (!event.failed()) continue;
    failures.add({{"step", step},
                  {"line", line_or_null(event.line)},
                  {"size", requested(event)},
                  {"alignment", event.alignment},
                  {"error", name_of(event.error)}});
  }
  failures.end(",");

  ArrayWriter faults(terminal, "faults");
  for (const Fault& fault : faults_so_far(lab, moment)) faults.add(json_of(lab, fault));
  faults.end(",");

  ArrayWriter blocks(terminal, "blocks");
  for (const auto& [offset, block] : history.blocks()) {
    if (block.state != BlockState::control) blocks.add(json_of(block));
  }
  blocks.end("");
  terminal.write("}\n");
}

}  // namespace heapyard::cli
