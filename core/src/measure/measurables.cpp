#include "heapyard/measure/measurable.hpp"

#include "works.hpp"

#include <algorithm>
#include <array>

namespace heapyard {
namespace {

constexpr std::string_view allocation = "64 bytes allocated and released";
constexpr std::string_view buffer = "a function's buffer of 64 bytes";
constexpr std::string_view fields = "a text of 4096 bytes split into fields";
constexpr std::string_view number = "a 64-bit number read and added";
constexpr std::string_view count = "a count up and down again";
constexpr std::string_view vector = "a vector of 1000 ints filled";

const std::array all = {
    Measurable{"pool", "Pool, unchecked", allocation, works::blocks, works::pool},
    Measurable{"pool-checked", "Pool, checked", allocation, works::blocks, works::checked_pool},
    Measurable{"free-list", "Free list, unchecked", allocation, works::blocks, works::free_list},
    Measurable{"malloc", "malloc of the C library", allocation, works::blocks, works::c_library},

    Measurable{"stack", "On the stack", buffer, 1, works::on_stack},
    Measurable{"heap", "On the heap", buffer, 1, works::on_heap},

    Measurable{"copy", "Copies (string)", fields, 1, works::copied_fields},
    Measurable{"view", "Views (string_view)", fields, 1, works::viewed_fields},

    Measurable{"read-aligned", "Aligned", number, works::numbers, works::aligned_numbers},
    Measurable{"read-packed", "In packed records of 15 bytes", number, works::numbers, works::packed_numbers},
    Measurable{"read-straddling", "Each across a line's border", number, works::numbers, works::straddling_numbers},

    Measurable{"count-plain", "Plain", count, 1, works::plain_count},
    Measurable{"count-atomic", "Atomic", count, 1, works::atomic_count},
    Measurable{"shared_ptr", "Copy of a shared_ptr", count, 1, works::shared_pointer},

    Measurable{"doubling", "push_back alone", vector, 1, works::doubling_vector},
    Measurable{"reserved", "push_back after reserve", vector, 1, works::reserved_vector},
};

}  // namespace

std::span<const Measurable> measurables() {
  return all;
}

const Measurable* find_measurable(std::string_view id) {
  const auto found = std::find_if(all.begin(), all.end(), [id](const Measurable& each) { return each.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace heapyard
