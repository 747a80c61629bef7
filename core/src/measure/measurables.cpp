#include "heapyard/measure/measurable.hpp"
#include "heapyard/say/say.hpp"

#include "works.hpp"

#include <algorithm>
#include <array>

namespace heapyard {
namespace {

std::array<Measurable, 16> all_in(Language translated) {
  const char* const allocation = translated("64 bytes allocated and released");
  const char* const buffer = translated("a function's buffer of 64 bytes");
  const char* const fields = translated("a text of 4096 bytes split into fields");
  const char* const number = translated("a 64-bit number read and added");
  const char* const count = translated("a count up and down again");
  const char* const vector = translated("a vector of 1000 ints filled");

  return {
      Measurable{"pool", translated("Pool, unchecked"), allocation, works::blocks, works::pool},
      Measurable{"pool-checked", translated("Pool, checked"), allocation, works::blocks, works::checked_pool},
      Measurable{"free-list", translated("Free list, unchecked"), allocation, works::blocks, works::free_list},
      Measurable{"malloc", translated("malloc of the C library"), allocation, works::blocks, works::c_library},

      Measurable{"stack", translated("On the stack"), buffer, 1, works::on_stack},
      Measurable{"heap", translated("On the heap"), buffer, 1, works::on_heap},

      Measurable{"copy", translated("Copies (string)"), fields, 1, works::copied_fields},
      Measurable{"view", translated("Views (string_view)"), fields, 1, works::viewed_fields},

      Measurable{"read-aligned", translated("Aligned"), number, works::numbers, works::aligned_numbers},
      Measurable{"read-packed", translated("In packed records of 15 bytes"), number, works::numbers,
                 works::packed_numbers},
      Measurable{"read-straddling", translated("Each across a line's border"), number, works::numbers,
                 works::straddling_numbers},

      Measurable{"count-plain", translated("Plain"), count, 1, works::plain_count},
      Measurable{"count-atomic", translated("Atomic"), count, 1, works::atomic_count},
      Measurable{"shared_ptr", translated("Copy of a shared_ptr"), count, 1, works::shared_pointer},

      Measurable{"doubling", translated("push_back alone"), vector, 1, works::doubling_vector},
      Measurable{"reserved", translated("push_back after reserve"), vector, 1, works::reserved_vector},
  };
}

const auto all = all_in(in_english);

}  // namespace

std::span<const Measurable> measurables() {
  return all;
}

const Measurable* find_measurable(std::string_view id) {
  const auto found = std::find_if(all.begin(), all.end(), [id](const Measurable& each) { return each.id == id; });
  return found == all.end() ? nullptr : &*found;
}

TitleAndUnit title_and_unit(std::string_view id) {
  for (const Measurable& each : all_in(in_the_readers_language)) {
    if (each.id == id) return {each.title, each.unit};
  }
  return {};
}

}  // namespace heapyard
