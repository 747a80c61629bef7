#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace heapyard {

/// Something whose speed is measured, with all that it needs prepared.
class Work {
 public:
  virtual ~Work() = default;

  /// Does it so many times over. What comes out is consumed: the optimiser cannot leave any of it out.
  virtual void run(std::uint64_t rounds) = 0;
};

/// A piece of work that lessons speak of. Those with the same unit may be compared.
struct Measurable {
  std::string_view id;
  std::string_view title;
  std::string_view unit;         ///< what one operation is
  std::uint64_t operations = 1;  ///< in one round
  std::function<std::unique_ptr<Work>()> prepare;
};

/// All of them; those of one unit stand together.
std::span<const Measurable> measurables();

/// Null when there is none of that name.
const Measurable* find_measurable(std::string_view id);

struct TitleAndUnit {
  std::string_view title, unit;
};
/// Those of a measurable, said in the words that were set last; they go with them. Empty when there is none of that
/// name.
TitleAndUnit title_and_unit(std::string_view id);

}  // namespace heapyard
