#include "support/subjects.hpp"

#include "heapyard/alloc/buddy.hpp"
#include "heapyard/alloc/bump.hpp"
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/pool.hpp"
#include "heapyard/alloc/slab.hpp"
#include "heapyard/alloc/stack.hpp"
#include "heapyard/alloc/tlsf.hpp"

#include "support/tracked.hpp"

#include <algorithm>

namespace heapyard::test {
namespace {

constexpr std::uint32_t largest_pool_block = 200;

template <template <class, class> class A, bool joins = true>
std::unique_ptr<Exercise> make(const Setting& setting) {
  return std::make_unique<ExerciseOf<A>>(setting.arena_size, joins);
}

std::unique_ptr<Exercise> make_any_free_list(const Setting& setting) {
  const FreeListPolicy policy = policy_of_variant(setting.variant);
  return std::make_unique<ExerciseOf<AnyFreeList, FreeListPolicy>>(setting.arena_size, policy.coalesces, policy);
}

template <template <class, class> class A>
std::unique_ptr<Exercise> make_pool(const Setting& setting) {
  const std::uint32_t block_size = setting.variant % largest_pool_block + 1;
  return std::make_unique<ExerciseOf<A, std::uint32_t>>(setting.arena_size, true, block_size);
}

constexpr Subject all[] = {
    {"free-list", 48, 1, make<FreeList>},
    {"any-free-list", 48, free_list_policies, make_any_free_list},
    {"tlsf", 128, 1, make<Tlsf>},
    {"buddy", 80, 1, make<Buddy>},
    {"slab", 1024, 1, make<Slab, false>},
    {"stack", 40, 1, make<Stack>},
    {"bump", 48, 1, make<Bump>},
    {"pool", 320, largest_pool_block, make_pool<Pool>},
    {"tracking-free-list", 160, 1, make<Tracked<FreeList>::By>},
    {"tracking-tlsf", 256, 1, make<Tracked<Tlsf>::By>},
    {"tracking-buddy", 256, 1, make<Tracked<Buddy>::By>},
    {"tracking-slab", 2048, 1, make<Tracked<Slab>::By, false>},
    {"tracking-stack", 160, 1, make<Tracked<Stack>::By>},
    {"tracking-bump", 160, 1, make<Tracked<Bump>::By>},
    {"tracking-pool", 480, largest_pool_block, make_pool<Tracked<Pool>::By>},
};

}  // namespace

FreeListPolicy policy_of_variant(std::uint32_t variant) {
  return {static_cast<Fit>(variant % 4), static_cast<ListOrder>(variant / 4 % 2), variant / 8 % 2 == 0};
}

std::string Subject::words(const Setting& setting) const {
  std::string text = name;
  if (variants > 1) text += ", policy " + std::to_string(setting.variant % variants);
  return text + ", arena of " + std::to_string(setting.arena_size) + " bytes";
}

std::span<const Subject> subjects() {
  return all;
}

const Subject* subject_named(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(all), std::end(all), [name](const Subject& s) { return s.name == name; });
  return found == std::end(all) ? nullptr : found;
}

Broken exercise(const Subject& subject, const Setting& setting, const Requests& requests, std::uint64_t seed,
                std::uint64_t operations) {
  const std::unique_ptr<Exercise> exercise = subject.make(setting);
  const auto broken = [&](std::uint64_t at, const std::string& what, const std::string& wrong) {
    return Broken{subject.words(setting) + ", " + what + ": " + wrong, at};
  };
  if (exercise->error() != AllocError::none) return broken(0, "format", std::string(name_of(exercise->error())));
  Random random(seed);
  for (std::uint64_t i = 1; i <= operations; ++i) {
    const Operation operation = exercise->next(random, requests);
    if (const std::string wrong = exercise->carry_out(operation); !wrong.empty())
      return broken(i, "operation " + std::to_string(i) + ", " + operation.words(), wrong);
  }
  const std::string wrong = exercise->finish();
  return wrong.empty() ? Broken{} : broken(operations, "giving all back", wrong);
}

}  // namespace heapyard::test
