#include "heapyard/view/lesson_words.hpp"

#include "heapyard/say/say.hpp"
#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/values.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace heapyard {
namespace {

std::string quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\n')
      quoted += "\\n";
    else
      quoted += c;
  }
  return quoted + '"';
}

bool is_partly_unknown(const Value& value) {
  return std::any_of(value.parts.begin(), value.parts.end(),
                     [](const Value& part) { return part.text == "?" || is_partly_unknown(part); });
}

std::string path_of(const std::string& whole, const Value& part) {
  return part.name.empty() || part.name[0] == '[' ? whole + part.name : fmt::format("{}.{}", whole, part.name);
}

/// `name is 0x020 now`: a value, or the parts of it that differ from what they were.
void differences(const std::string& path, const Value& before, const Value& after, std::vector<std::string>& told) {
  const bool same_shape = std::equal(before.parts.begin(), before.parts.end(), after.parts.begin(), after.parts.end(),
                                     [](const Value& a, const Value& b) { return a.name == b.name; }) &&
                          !after.parts.empty();
  if (after.text == no_members() || after.text == "?") return;
  if (before.text == "?" && is_partly_unknown(after)) {
    // Its constructor has come so far.
    for (const Value& part : after.parts) differences(path_of(path, part), before, part, told);
    return;
  }
  if (before.text != after.text) told.push_back(say("{} is {}", path, same_shape ? after.text : value_line(after)));
  if (!same_shape && before.text == after.text && (!before.parts.empty() || !after.parts.empty()))
    told.push_back(say("{} is {}", path, value_line(after)));
  for (std::size_t i = 0; same_shape && i < after.parts.size(); ++i) {
    differences(path_of(path, after.parts[i]), before.parts[i], after.parts[i], told);
  }
}

struct Scene {
  std::vector<FrameValues> frames;
  std::vector<std::pair<AllocationId, Value>> objects;
};

Scene scene_of(const LessonLab& lesson) {
  Scene scene;
  scene.frames = frame_values(lesson);
  for (const auto& [offset, block] : lesson.lab().history().blocks()) {
    if (block.state == BlockState::used) scene.objects.emplace_back(block.allocation, object_value(lesson, block));
  }
  return scene;
}

/// The scene of the step before. Effects: none that last.
Scene scene_before(const LessonLab& lesson) {
  auto& moved = const_cast<LessonLab&>(lesson);
  const std::uint32_t now = lesson.now();
  moved.seek(now - 1);
  Scene scene = scene_of(lesson);
  moved.seek(now);
  return scene;
}

/// What differs in variables and objects that were there before, or are new on the stack.
std::vector<std::string> changes(const LessonLab& lesson) {
  const Scene before = scene_before(lesson), after = scene_of(lesson);
  std::vector<std::string> told;
  const bool enters = after.frames.size() > before.frames.size();  // the new frame is told by itself
  for (std::size_t f = 0; f < after.frames.size() - (enters ? 1 : 0); ++f) {
    for (const Value& variable : after.frames[f].variables) {
      Value old;
      old.text = "?";
      if (f < before.frames.size()) {
        for (const Value& each : before.frames[f].variables) {
          if (each.address == variable.address && each.name == variable.name) old = each;
        }
      }
      if (variable.text != "?") differences(variable.name, old, variable, told);
    }
  }
  for (const auto& [allocation, object] : after.objects) {
    for (const auto& [other, old] : before.objects) {
      if (other == allocation && old.type == object.type) differences(object.name, old, object, told);
    }
  }
  return told;
}

/// As `fmt::join`, which would add a kilobyte to what each lesson of the page fetches.
std::string joined(std::span<const std::string> words, std::string_view separator) {
  std::string text;
  for (const std::string& each : words) {
    if (!text.empty()) text += separator;
    text += each;
  }
  return text;
}

/// The first of them as a sentence, and how many more there are.
std::string first_of(const std::vector<std::string>& words) {
  constexpr std::size_t most = 4;
  const std::span<const std::string> first(words.data(), std::min(words.size(), most));
  const std::string rest = words.size() > most ? say("; {} more", words.size() - most) : std::string{};
  return fmt::format("{}{}.", joined(first, "; "), rest);
}

std::string enter_sentence(const LessonLab& lesson) {
  const FrameValues frame = frame_values(lesson).back();
  std::vector<std::string> words;
  for (const Value& variable : frame.variables)
    if (variable.text != "?") words.push_back(say("{} is {}", variable.name, value_line(variable)));
  if (words.empty()) return say("{} begins: a frame of its own on the stack.", frame.function);
  return say("{} begins, with a frame of its own: {}", frame.function, first_of(words));
}

std::string leave_sentence(const LessonLab& lesson) {
  const StackFrame& left = lesson.stack(lesson.now() - 1).frames.back();
  return say("{} returns; its frame and what stood in it are gone.", lesson.debug().functions[left.function].name);
}

std::string allocation_sentence(const LessonLab& lesson, const Event& event) {
  const Lab& lab = lesson.lab();
  const std::string_view call = name_of(event.kind);
  if (event.failed()) return say("{} fails. {}", call, failure_sentence(lab));
  const OwnedBlock* before = lab.history().released_by(lesson.now());
  const OwnedBlock* after = lab.history().made_by(lesson.now());
  if (after == nullptr) return step_sentence(lab);
  const std::string where = address_text(after->payload_offset, lab.arena_bytes());
  const std::string given = bytes_text(after->payload_size);
  if (before != nullptr && before->offset == after->offset)
    return say("realloc leaves the block where it is: {} at {} now.", given, where);
  const std::string takes = say("the block takes {} ({})", bytes_text(after->size), composition(*after));
  if (before != nullptr) {
    return say("realloc finds no room to grow: it gives {} at {}, copies {} there and frees the old block; {}.", given,
               where, bytes_text(std::min(before->payload_size, after->payload_size)), takes);
  }
  if (event.kind == EventKind::calloc) return say("{} gives {}, all zero, at {}; {}.", call, given, where, takes);
  if (event.kind == EventKind::aligned_alloc)
    return say("{} gives {} at {}, a multiple of {}; {}.", call, given, where, event.alignment, takes);
  return say("{} gives {} at {}; {}.", call, given, where, takes);
}

std::string release_sentence(const LessonLab& lesson, const Event& event) {
  const Lab& lab = lesson.lab();
  const std::string_view call = name_of(event.kind);
  const OwnedBlock* before = lab.history().released_by(lesson.now());
  if (before == nullptr) return say("{} of null: nothing to release.", call);
  const OwnedBlock* joined = lab.history().block_at(before->offset);
  const std::string what = say("{} gives back {}: {} at {}", call, lesson.name(before->allocation, lesson.now() - 1),
                               bytes_text(before->size), address_text(before->offset, lab.arena_bytes()));
  if (joined == nullptr || joined->size == before->size) return say("{} are free again.", what);
  return say("{} coalesce with the free bytes beside them to one free block of {}.", what, bytes_text(joined->size));
}

/// The variables of the innermost frame that are there no more.
std::string gone_words(const LessonLab& lesson) {
  const Stack& before = lesson.stack(lesson.now() - 1);
  const Stack& after = lesson.stack();
  if (before.frames.size() != after.frames.size() || after.frames.empty()) return {};
  std::vector<std::string> gone;
  for (const StackVariable& old : before.frames.back().variables) {
    const auto& now = after.frames.back().variables;
    const bool there =
        std::any_of(now.begin(), now.end(), [&](const StackVariable& each) { return each.address == old.address; });
    if (!there) gone.emplace_back(lesson.debug().variables[old.variable].name);
  }
  if (gone.empty()) return {};
  return gone.size() == 1 ? say("{} goes out of scope.", gone.front()) : say("{} go out of scope.", joined(gone, ", "));
}

void tell(const Value& value, std::size_t indent, std::size_t names, std::size_t types, std::string& text) {
  std::string line = fmt::format("{:{}}{:<{}}  {:<{}}  {}", "", indent, value.name, names, value.type, types,
                                 value_line(value, Padding::told));
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}

}  // namespace

std::string_view whole_source_line(const LessonLab& lesson, std::uint32_t line) {
  std::string_view rest = lesson.lesson().source;
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  if (line == 0) return {};
  return rest.substr(0, rest.find('\n'));
}

std::string_view source_line(const LessonLab& lesson, std::uint32_t line) {
  std::string_view text = whole_source_line(lesson, line);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text;
}

std::string lesson_sentence(const LessonLab& lesson) {
  if (lesson.now() == 0) return say("The program has not begun: no frame on the stack, nothing on the heap.");
  const Event& event = lesson.lab().history().trace().event(lesson.now());
  std::vector<std::string> words;
  if (event.fault != FaultKind::none) {
    const std::span<const Fault> faults = faults_of_step(lesson.lab(), Moment::step);
    if (!faults.empty()) words.push_back(fault_words(lesson.lab(), faults.front()).message);
  } else if (event.kind == EventKind::enter) {
    words.push_back(enter_sentence(lesson));
  } else if (event.kind == EventKind::leave) {
    words.push_back(leave_sentence(lesson));
  } else if (event.allocates()) {
    words.push_back(allocation_sentence(lesson, event));
  } else if (event.releases()) {
    words.push_back(release_sentence(lesson, event));
  }
  if (const std::string gone = gone_words(lesson); !gone.empty()) words.push_back(gone);
  const std::vector<std::string> changed = changes(lesson);
  if (!changed.empty()) words.push_back(first_of(changed));
  if (!lesson.printed().empty()) words.push_back(say("Prints {}.", quoted(lesson.printed())));
  return words.empty() ? say("Nothing in memory changes.") : joined(words, " ");
}

std::string lesson_twin(const LessonLab& lesson) {
  const std::uint32_t line = lesson.lab().history().trace().line_of_step(lesson.now());
  std::string text =
      line == 0 ? say("step {} of {}", lesson.now(), lesson.steps())
                : say("step {} of {}, line {}: {}", lesson.now(), lesson.steps(), line, source_line(lesson, line));
  text += fmt::format("\n  {}\n", lesson_sentence(lesson));
  const Scene scene = scene_of(lesson);
  std::size_t names = 0, types = 0;
  const auto measure = [&](const Value& value) {
    names = std::max(names, value.name.size());
    types = std::max(types, value.type.size());
  };
  for (const FrameValues& frame : scene.frames) std::for_each(frame.variables.begin(), frame.variables.end(), measure);
  for (const auto& [allocation, object] : scene.objects) measure(object);

  text += scene.frames.empty() ? say("stack: empty") : say("stack:");
  text += '\n';
  for (const FrameValues& frame : scene.frames) {
    text += fmt::format("  {}\n", frame.function);
    for (const Value& variable : frame.variables) tell(variable, 4, names, types, text);
  }
  text += scene.objects.empty() ? say("heap: nothing allocated") : say("heap:");
  text += '\n';
  for (const auto& [offset, block] : lesson.lab().history().blocks()) {
    if (block.state != BlockState::used) continue;
    Value object = object_value(lesson, block);
    if (object.type.empty()) object.type = bytes_text(block.payload_size);
    text += fmt::format("  {}", address_text(block.payload_offset, lesson.lab().arena_bytes()));
    tell(object, 2, names, types, text);
  }
  if (!lesson.output().empty()) text += say("printed: {}", quoted(lesson.output())) + '\n';
  return text;
}

}  // namespace heapyard
