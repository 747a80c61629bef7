#pragma once

#include "heapyard/alloc/buddy.hpp"
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/slab.hpp"
#include "heapyard/alloc/tlsf.hpp"

#include "peers.hpp"

namespace heapyard::bench {

constexpr std::uint64_t general_arena = std::uint64_t{128} << 20;

/// `f.template operator()<Peer>(name, is_slow, make…)` for every allocator that serves all sizes: those here, without
/// checks and unwatched, and those beside them. Ours are made of an arena and these words.
template <class F>
void for_each_general(F f) {
  f.template operator()<Heapyard<Tlsf<>>>("TLSF", false);
  f.template operator()<Heapyard<Slab<>>>("slab", false);
  f.template operator()<Heapyard<Buddy<>>>("buddy", false);
  f.template operator()<Heapyard<FreeList<>>>("free list", false);
  constexpr FreeListPolicy next{Fit::next}, best{Fit::best}, worst{Fit::worst}, ordered{Fit::first, ListOrder::address};
  f.template operator()<Heapyard<AnyFreeList<>>>("free list, next fit", false, next);
  f.template operator()<Heapyard<AnyFreeList<>>>("free list, best fit", true, best);
  f.template operator()<Heapyard<AnyFreeList<>>>("free list, worst fit", true, worst);
  f.template operator()<Heapyard<AnyFreeList<>>>("free list, address order", true, ordered);
#ifdef HEAPYARD_MIMALLOC
  f.template operator()<Mimalloc>("mimalloc", false);
  f.template operator()<CLibrary>("glibc", false);
#else
  f.template operator()<CLibrary>(HEAPYARD_WASM_MALLOC, false);
#endif
}

template <class Peer>
inline constexpr bool is_ours = false;
template <class Allocator>
inline constexpr bool is_ours<Heapyard<Allocator>> = true;

}  // namespace heapyard::bench
