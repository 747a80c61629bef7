#include "lab.hpp"

#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/heap_structure.hpp"
#include "heapyard/view/heap_twin.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/palette.hpp"

#include "convert.hpp"

#include <algorithm>

namespace heapyard::wasm {
namespace {

using emscripten::val;

/// `TimelineField.Direction`.
std::uint32_t direction(const Event& event) {
  if (event.failed()) return 3;
  if (event.fault != FaultKind::none) return 0;
  if (event.allocates()) return 1;
  const bool gives_back = event.releases() || event.kind == EventKind::release;
  return gives_back && event.address != 0 ? 2 : 0;
}

}  // namespace

/// They were found in the order of their allocations.
void LabObject::find_leaks() {
  for (const Fault& fault : lab_.history().trace().faults) {
    if (fault.kind == FaultKind::leak) leaks_.push_back(fault.allocation);
  }
}

val LabObject::problems() const {
  return array_of(lab_.problems(), problem_object);
}

val LabObject::setup_error() const {
  return lab_.setup_error().empty() ? val::null() : val(lab_.setup_error());
}

std::string LabObject::format() const {
  return lab_.program().format == Program::Format::script ? "script" : "malloc-lab";
}

void LabObject::seek(double step) {
  lab_.history().seek(whole<std::uint32_t>(step));
}

val LabObject::step() const {
  const History& history = lab_.history();
  const OwnedBlock* subject = subject_of_step(lab_);
  const std::string failed = failure_sentence(lab_);
  Object object;
  object.set("number", history.now());
  object.set("line", history.trace().line_of_step(history.now()));
  object.set("call", call_text(lab_, history.now()));
  object.set("sentence", step_sentence(lab_));
  object.set("block", subject == nullptr ? val::null() : val(subject->offset));
  object.set("failed", failed.empty() ? val::null() : val(failed));
  return object;
}

val LabObject::blocks(double offset, double length, double most) const {
  const auto& blocks = lab_.history().blocks();
  const auto begin = whole<std::uint64_t>(offset), end = begin + whole<std::uint32_t>(length);
  auto left = whole<std::uint32_t>(most);
  const OwnedBlock* const first = block_holding(offset);
  auto block = first == nullptr ? blocks.lower_bound(whole<std::uint32_t>(offset)) : blocks.find(first->offset);
  std::vector<std::uint32_t> words;
  for (; block != blocks.end() && block->first < end && left > 0; ++block, --left) {
    const OwnedBlock& it = block->second;
    words.insert(words.end(), {it.offset, it.size, it.payload_offset, it.payload_size,
                               static_cast<std::uint32_t>(it.state), it.allocation});
  }
  return typed_array("Uint32Array", words);
}

val LabObject::lists() const {
  std::vector<std::uint32_t> words;
  for (const StructurePart& part : lab_.structure().parts) {
    if (part.kind != PartKind::list) continue;
    words.push_back(static_cast<std::uint32_t>(part.values.size()));
    for (const Offset block : part.values) words.push_back(block);
  }
  return typed_array("Uint32Array", words);
}

val LabObject::structure(std::uint32_t most_listed) {
  static constexpr const char* kinds[] = {"list", "place", "bits", "region", "count"};
  const StructurePicture picture = structure_picture(lab_, most_listed);
  Object object;
  object.set("tooSmall", picture.too_small);
  object.set("parts", array_of(picture.parts, [this](const PartPicture& each) {
               Object part;
               part.set("kind", std::string(kinds[static_cast<std::size_t>(each.part.kind)]));
               part.set("name", part_title(each.part));
               part.set("level", each.part.level);
               part.set("values", typed_array("Uint32Array", each.part.values));
               part.set("words", array_of(part_words(each.part, lab_.arena_bytes()),
                                          [](const std::string& word) { return val(word); }));
               part.set("blocks", each.blocks);
               part.set("changed", each.changed);
               part.set("before", typed_array("Uint32Array", each.before));
               part.set("usedBytes", each.used_bytes);
               return part;
             }));
  return object;
}

val LabObject::changed() const {
  std::vector<std::uint32_t> words;
  for (const ByteRange& range : lab_.history().changed()) words.insert(words.end(), {range.offset, range.size});
  return typed_array("Uint32Array", words);
}

val LabObject::bytes(double offset, double length) const {
  const auto all = lab_.history().bytes();
  const std::size_t begin = std::min<std::size_t>(whole<std::uint32_t>(offset), all.size());
  const auto part = all.subspan(begin, std::min<std::size_t>(whole<std::uint32_t>(length), all.size() - begin));
  std::vector<std::uint8_t> copy(part.size());
  std::transform(part.begin(), part.end(), copy.begin(), [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
  return typed_array("Uint8Array", copy);
}

val LabObject::statistics() const {
  const Statistics statistics = lab_.history().statistics();
  Object object;
  object.set("allocations", static_cast<double>(statistics.allocations));
  object.set("deallocations", static_cast<double>(statistics.deallocations));
  object.set("failedAllocations", static_cast<double>(statistics.failed_allocations));
  object.set("liveBlocks", static_cast<double>(statistics.live_blocks));
  object.set("liveBytes", static_cast<double>(statistics.live_bytes));
  object.set("highWaterMark", static_cast<double>(statistics.high_water_mark));
  object.set("internalFragmentation", static_cast<double>(statistics.internal_fragmentation));
  object.set("externalFragmentation", statistics.external_fragmentation);
  object.set("largestFree", static_cast<double>(statistics.largest_free));
  object.set("totalFree", static_cast<double>(statistics.total_free));
  return object;
}

val LabObject::timeline() const {
  const Trace& trace = lab_.history().trace();
  std::vector<std::uint32_t> words;
  words.reserve((trace.steps() + std::size_t{1}) * 4);
  words.insert(words.end(), {0, 0, 0, 0});
  for (std::uint32_t step = 1; step <= trace.steps(); ++step) {
    const Event& event = trace.event(step);
    words.insert(words.end(),
                 {direction(event), event.line, static_cast<std::uint32_t>(lab_.history().live_bytes(step)), 0});
  }
  for (const Fault& fault : trace.faults) {
    std::uint32_t& word = words[fault.step * std::size_t{4} + 3];
    if (word == 0) word = static_cast<std::uint32_t>(fault.kind);
  }
  return typed_array("Uint32Array", words);
}

val LabObject::fault_object(const Fault& fault) const {
  const FaultLines lines = fault_lines(lab_, fault);
  const FaultWords words = fault_words(lab_, fault);
  Object object;
  object.set("step", fault.step);
  object.set("kind", std::string(name_of(fault.kind)));
  object.set("line", or_null(lines.committed));
  object.set("allocatedLine", or_null(lines.allocated));
  object.set("freedLine", or_null(lines.freed));
  object.set("address", fault.address == 0 && fault.kind != FaultKind::damage ? val::null() : val(fault.address));
  object.set("allocation", fault.allocation);
  object.set("title", words.title);
  object.set("message", words.message);
  object.set("silently", words.silently);
  return object;
}

std::uint32_t LabObject::fault_count() const {
  return static_cast<std::uint32_t>(faults_of_step(lab_, moment_of(lab_)).size());
}

val LabObject::faults(std::uint32_t most) const {
  const std::span<const Fault> faults = faults_of_step(lab_, moment_of(lab_));
  return array_of(faults.first(std::min<std::size_t>(most, faults.size())),
                  [this](const Fault& fault) { return fault_object(fault); });
}

std::string LabObject::name(std::uint32_t allocation) const {
  const Trace& trace = lab_.history().trace();
  return allocation <= trace.allocations.size() ? std::string(trace.name_of_allocation(allocation)) : std::string{};
}

const OwnedBlock* LabObject::block_holding(double offset) const {
  return lab_.history().block_at(whole<std::uint32_t>(offset));
}

val LabObject::facts(double offset) const {
  Object object;
  const OwnedBlock* block = block_holding(offset);
  object.set("name", block == nullptr ? std::string{} : std::string(lab_.holder(block->allocation)));
  object.set("rows", block == nullptr ? val::array() : array_of(block_facts(lab_, *block), [](const Fact& fact) {
               Object row;
               row.set("label", fact.label);
               row.set("value", fact.value);
               return row;
             }));
  return object;
}

val LabObject::biography(double offset) const {
  const OwnedBlock* block = block_holding(offset);
  if (block == nullptr) return val::array();
  const ByteRange range{block->offset, block->size};
  return array_of(lab_.history().biography(range), [&](const Episode& episode) {
    Object object;
    object.set("step", episode.step);
    object.set("line", lab_.history().trace().line_of_step(episode.step));
    object.set("text", call_text(lab_, episode.step));
    object.set("what", episode_text(lab_, episode, range));
    return object;
  });
}

val LabObject::why() {
  return array_of(lab_.why(), [this](const Note& note) {
    Object object;
    object.set("kind", std::string(name_of(note.kind)));
    object.set("offset", note.offset);
    object.set("size", note.size);
    object.set("text", note_sentence(lab_, note));
    return object;
  });
}

std::string LabObject::twin() const {
  return heap_twin(lab_, moment_of(lab_));
}

val LabObject::raster(double offset, double length, std::uint32_t width, std::uint32_t height, bool dark) const {
  const ByteRange range{whole<std::uint32_t>(offset), whole<std::uint32_t>(length)};
  const Raster raster = draw_raster(lab_.history(), range, width, height, raster_colors(dark), leaks_);
  Object object;
  object.set("width", raster.width);
  object.set("height", raster.height);
  object.set("pixels", typed_array("Uint8ClampedArray", raster.pixels));
  return object;
}

}  // namespace heapyard::wasm
