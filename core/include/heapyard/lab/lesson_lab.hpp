#pragma once

#include "heapyard/lab/lab.hpp"
#include "heapyard/lessons/lesson.hpp"
#include "heapyard/stage/performance.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace heapyard {

/// What lies in an allocation, as the types of the pointers to it say.
struct ObjectType {
  std::uint32_t type = 0;      ///< its number in the program's table; 0: not known, bytes
  std::uint32_t count = 0;     ///< how many of them, one behind the other
  std::uint32_t offset = 0;    ///< bytes from the payload to the first
  bool shared_counts = false;  ///< the payload begins with the counts of a `shared_ptr`
};

/// A lesson that was played: its heap as a lab, and beside it the stack and what the bytes mean.
class LessonLab {
 public:
  static constexpr std::uint32_t default_arena = 4096;
  static constexpr std::uint32_t smallest_arena = 1024;  ///< every lesson runs to its end on it

  /// Plays the lesson on an arena of that size, with that argument. Requires that an arena of it can be had.
  explicit LessonLab(const Lesson& lesson, std::uint32_t arena_bytes = default_arena, std::string_view argument = {});

  const Lesson& lesson() const { return *lesson_; }
  const DebugInfo& debug() const { return lesson_->debug; }

  /// Its heap; where its history stands is where the lesson stands.
  Lab& lab() { return lab_; }
  const Lab& lab() const { return lab_; }
  std::uint32_t steps() const { return lab_.history().steps(); }
  std::uint32_t now() const { return lab_.history().now(); }
  void seek(std::uint32_t step) { lab_.history().seek(step); }

  /// The step at which the program comes to one of these lines for the n-th time, counted from 1; 0 when it never does.
  std::uint32_t step_at_lines(std::span<const std::uint32_t> lines, std::uint32_t occurrence = 1) const;

  const Stack& stack() const { return stacks_[now()]; }
  const Stack& stack(std::uint32_t step) const { return stacks_[step]; }
  /// What the program has printed up to this step.
  std::string_view output() const { return std::string_view(output_).substr(0, stack().printed); }
  /// What it printed in this very step.
  std::string_view printed() const;

  /// The bytes of the arena or of a variable at a real address of the run, as they are at this step; empty when some of
  /// them are neither.
  std::span<const std::byte> memory(std::uint64_t address, std::uint64_t size) const;
  /// How many of the bytes there are known to have been written: all of them, but in a variable under construction.
  std::uint64_t known(std::uint64_t address, std::uint64_t size) const;
  /// A real address as one of the arena; false when it is none.
  bool in_arena(std::uint64_t address, Offset& offset) const;
  std::uint64_t address_of(Offset offset) const { return arena_address_ + offset; }

  /// The member of a union that its bytes look like: a pointer when they are null or lead into the arena, else the
  /// first that is none. Which one was written last, nobody keeps. Requires that it has members.
  const TypeMember& likely_member(const Type& either, std::span<const std::byte> bytes) const;

  /// Whether a variable holds the address of something that lived there before this allocation was made: it was last
  /// written earlier. Classes of the library are taken at their word.
  bool is_stale(const StackVariable& variable, AllocationId allocation) const;

  /// What an allocation is called at this step: by the variable that leads to it now, or did last; by its address when
  /// none ever did.
  std::string name(AllocationId allocation) const { return name(allocation, now()); }
  /// The same at another step.
  std::string name(AllocationId allocation, std::uint32_t step) const;

  /// What lies in an allocation. Once a pointer told its type, it is known for good.
  const ObjectType& object(AllocationId allocation) const { return objects_[allocation]; }

 private:
  void learn_types();
  void follow(std::uint32_t type, std::span<const std::byte> bytes);
  void learn(std::uint64_t pointer, std::uint32_t type);
  void learn_shared(std::uint64_t pointer, std::uint64_t control, std::uint32_t type);
  const OwnedBlock* block_of(std::uint64_t pointer) const;

  std::string_view holder(AllocationId allocation, std::uint32_t step) const;

  const Lesson* lesson_;
  Lab lab_;
  std::vector<Stack> stacks_;
  std::string output_;
  std::uint64_t arena_address_ = 0;
  std::vector<ObjectType> objects_;  ///< by allocation
};

}  // namespace heapyard
