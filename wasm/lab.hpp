#pragma once

#include "heapyard/lab/lab.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <emscripten/val.h>

namespace heapyard::wasm {

/// `Lab` as web/src/core/module.d.ts describes it. Only converts; what it tells stands in the core.
class LabObject {
 public:
  explicit LabObject(Lab lab) : own_(std::make_unique<Lab>(std::move(lab))), lab_(*own_) { find_leaks(); }

  emscripten::val problems() const;
  emscripten::val setup_error() const;
  std::string allocator() const { return lab_.allocator(); }
  std::uint32_t arena_bytes() const { return lab_.arena_bytes(); }
  std::string format() const;
  bool keeps_bytes() const { return lab_.history().trace().keeps_bytes; }

  std::uint32_t steps() const { return lab_.history().steps(); }
  std::uint32_t now() const { return lab_.history().now(); }
  void seek(double step);

  emscripten::val step() const;
  emscripten::val blocks(double offset, double length, double most) const;
  emscripten::val lists() const;
  emscripten::val structure(std::uint32_t most_listed);
  emscripten::val changed() const;
  emscripten::val bytes(double offset, double length) const;
  emscripten::val statistics() const;
  emscripten::val timeline() const;
  std::uint32_t fault_count() const;
  emscripten::val faults(std::uint32_t most) const;
  std::string name(std::uint32_t allocation) const;

  emscripten::val facts(double offset) const;
  emscripten::val biography(double offset) const;
  emscripten::val why();
  std::string twin() const;
  emscripten::val raster(double offset, double length, std::uint32_t width, std::uint32_t height, bool dark) const;

 protected:
  /// A lab that is a part of something else, and lives as long.
  explicit LabObject(Lab* lab) : lab_(*lab) { find_leaks(); }

  const OwnedBlock* block_holding(double offset) const;

 private:
  void find_leaks();
  emscripten::val fault_object(const Fault& fault) const;

  std::unique_ptr<Lab> own_;

 protected:
  Lab& lab_;

 private:
  std::vector<AllocationId> leaks_;  ///< ascending
};

/// `Run` as web/src/core/module.d.ts describes it.
class RunObject {
 public:
  RunObject(const std::string& text, const std::string& allocator, std::uint64_t arena_bytes)
      : run_(text, allocator, arena_bytes) {}

  bool advance(std::uint32_t calls) { return run_.advance(calls); }
  double progress() const { return run_.progress(); }
  std::unique_ptr<LabObject> take() { return std::make_unique<LabObject>(run_.take()); }

 private:
  LabRun run_;
};

/// Parses and begins; `arena_bytes` 0 chooses.
std::unique_ptr<RunObject> start_run(const std::string& text, const std::string& allocator, double arena_bytes);

/// The allocators that a menu offers.
emscripten::val machines();
/// Whether this module runs the one of that name; the module `allocators` has all.
bool runs_machine(const std::string& name);

double pool_arena_bytes(double block_bytes, double capacity);

}  // namespace heapyard::wasm
