#pragma once
// Allocators by their names: `free-list:best-fit`, `pool:64`.

#include "heapyard/alloc/buddy.hpp"
#include "heapyard/alloc/bump.hpp"
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/pool.hpp"
#include "heapyard/alloc/slab.hpp"
#include "heapyard/alloc/stack.hpp"
#include "heapyard/alloc/tlsf.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// A name in two parts, at its first colon.
struct AllocatorName {
  std::string_view family;
  std::string_view parameter;  ///< empty when there is none
};

/// None, and a sentence in `error`, when nothing follows the colon.
std::optional<AllocatorName> split_allocator_name(std::string_view name, std::string& error);

/// What stands behind the colon. None, and a sentence in `error`, when it cannot be that.
std::optional<FreeListPolicy> parse_free_list_policy(std::string_view parameter, std::string& error);
std::optional<std::uint64_t> parse_block_size(std::string_view parameter, std::string& error);

/// A sentence about a parameter where there is none to be had.
std::string takes_no_parameter(std::string_view family);

/// A sentence about a family that there is not, beside those that there are.
std::string no_such_allocator(std::string_view name, const std::vector<std::string_view>& names);

inline constexpr std::string_view free_list_usage = "free-list[:FIT]", pool_usage = "pool:BLOCK";

/// Calls `visit.operator()<A>(parameters…)` with the free list or the pool of that name, whose parameters are those of
/// its `format`. None when it is neither, or, with a sentence in `error`, when its parameters cannot be.
template <class Result, class Visit>
std::optional<Result> visit_first_allocators(AllocatorName name, std::string& error, Visit visit) {
  if (name.family == "free-list") {
    const auto policy = parse_free_list_policy(name.parameter, error);
    if (policy) return visit.template operator()<AnyFreeList>(*policy);
  } else if (name.family == "pool") {
    const auto block_size = parse_block_size(name.parameter, error);
    if (block_size) return visit.template operator()<Pool>(*block_size);
  }
  return std::nullopt;
}

/// The same with every allocator there is. To add one: write it (see `alloc/allocator.hpp`), and add it here.
template <class Result, class Visit>
std::optional<Result> visit_every_allocator(AllocatorName name, std::string& error, Visit visit) {
  std::optional<Result> result = visit_first_allocators<Result>(name, error, visit);
  if (result || !error.empty()) return result;
  const auto plain = [&]<template <class, class> class A>(std::string_view family) {
    if (name.family != family || result) return;
    if (name.parameter.empty()) {
      result = visit.template operator()<A>();
    } else {
      error = takes_no_parameter(family);
    }
  };
  plain.template operator()<Bump>("bump");
  plain.template operator()<Stack>("stack");
  plain.template operator()<Buddy>("buddy");
  plain.template operator()<Slab>("slab");
  plain.template operator()<Tlsf>("tlsf");
  return result;
}

/// The names to choose from of the one and of the other.
inline std::vector<std::string_view> first_allocator_names() {
  return {free_list_usage, pool_usage};
}
inline std::vector<std::string_view> every_allocator_name() {
  return {free_list_usage, pool_usage, "bump", "stack", "buddy", "slab", "tlsf"};
}

}  // namespace heapyard
