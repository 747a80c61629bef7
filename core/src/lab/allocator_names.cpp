#include "allocator_names.hpp"

#include "heapyard/lab/machine.hpp"
#include "heapyard/say/say.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include <fmt/format.h>

namespace heapyard {

std::optional<AllocatorName> split_allocator_name(std::string_view name, std::string& error) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return AllocatorName{name, {}};
  if (colon + 1 < name.size()) return AllocatorName{name.substr(0, colon), name.substr(colon + 1)};
  error = say("`{}` ends where a parameter should follow", name);
  return std::nullopt;
}

std::optional<FreeListPolicy> parse_free_list_policy(std::string_view parameter, std::string& error) {
  FreeListPolicy policy;
  for (bool more = !parameter.empty(); more;) {
    const std::string_view word = parameter.substr(0, parameter.find(':'));
    more = word.size() < parameter.size();
    parameter.remove_prefix(word.size() + (more ? 1 : 0));
    if (word == "first-fit") {
      policy.fit = Fit::first;
    } else if (word == "next-fit") {
      policy.fit = Fit::next;
    } else if (word == "best-fit") {
      policy.fit = Fit::best;
    } else if (word == "worst-fit") {
      policy.fit = Fit::worst;
    } else if (word == "address-ordered") {
      policy.order = ListOrder::address;
    } else if (word == "no-coalescing") {
      policy.coalesces = false;
    } else {
      error =
          say("free-list takes first-fit, next-fit, best-fit or worst-fit, address-ordered and no-coalescing, as in "
              "free-list:best-fit:address-ordered, and not `{}`",
              word);
      return std::nullopt;
    }
  }
  return policy;
}

std::optional<std::uint64_t> parse_block_size(std::string_view parameter, std::string& error) {
  std::uint64_t block_size = 0;
  const char* const end = parameter.data() + parameter.size();
  const auto [stop, failure] = std::from_chars(parameter.data(), end, block_size);
  if (failure == std::errc{} && stop == end && Pool<>::stride_for(block_size) != 0) return block_size;
  error = say("pool takes its block size in bytes, from 1 to 2147483648, as in pool:64");
  return std::nullopt;
}

std::vector<MachineChoice> machine_choices() {
  return {
      {"free-list", translated("free list, first fit")},
      {"free-list:next-fit", translated("free list, next fit")},
      {"free-list:best-fit", translated("free list, best fit")},
      {"free-list:worst-fit", translated("free list, worst fit")},
      {"free-list:address-ordered", translated("free list, first fit by address")},
      {"free-list:no-coalescing", translated("free list, no coalescing")},
      {"pool:16", translated("pool of 16-byte blocks")},
      {"pool:64", translated("pool of 64-byte blocks")},
      {"pool:256", translated("pool of 256-byte blocks")},
      {"bump", translated("bump")},
      {"stack", translated("LIFO stack")},
      {"buddy", translated("buddy")},
      {"slab", translated("slab, by size class")},
      {"tlsf", translated("TLSF, two-level segregated fit")},
  };
}

bool has_machine(std::string_view name) {
  const std::string_view family = name.substr(0, name.find(':'));
  const std::vector<std::string_view> names = machine_names();
  return std::any_of(names.begin(), names.end(),
                     [family](std::string_view usage) { return usage.substr(0, usage.find_first_of("[:")) == family; });
}

std::string takes_no_parameter(std::string_view family) {
  return say("{} takes no parameter", family);
}

std::string no_such_allocator(std::string_view name, const std::vector<std::string_view>& names) {
  return say("there is no allocator `{}`; there are {}", name, fmt::join(names, ", "));
}

}  // namespace heapyard
