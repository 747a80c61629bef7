#pragma once

#include "heapyard/lab/lab.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace heapyard {

/// Whether the end of the run is looked at, or a step of it: leaks are judged at the end alone.
enum class Moment : std::uint8_t { step, end };

/// The end where the history stands at the last step.
Moment moment_of(const Lab& lab);

/// The faults up to the step where the history stands, leaks at the end alone. O(log faults).
std::span<const Fault> faults_so_far(const Lab& lab, Moment moment);

/// The faults of that very step.
std::span<const Fault> faults_of_step(const Lab& lab, Moment moment);

/// A kind of fault as words: `double free`.
std::string fault_kind_text(FaultKind kind);

struct FaultWords {
  std::string title;     ///< "Double free of b"
  std::string message;   ///< what is known of it, with its lines
  std::string silently;  ///< what an ordinary malloc would do, which would not say a word
};
FaultWords fault_words(const Lab& lab, const Fault& fault);

/// The lines of a fault; 0 when unknown or none.
struct FaultLines {
  std::uint32_t committed = 0, allocated = 0, freed = 0;
};
FaultLines fault_lines(const Lab& lab, const Fault& fault);

}  // namespace heapyard
