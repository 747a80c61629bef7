#pragma once

#include "heapyard/base/problem.hpp"
#include "heapyard/record/record_layout.hpp"

#include <memory>
#include <string>
#include <vector>

#include <emscripten/val.h>

namespace heapyard::wasm {

/// `StructLab` as web/src/core/module.d.ts describes it: the structs of a text, laid out for every ABI.
class StructLabObject {
 public:
  explicit StructLabObject(const std::string& text);

  emscripten::val problems() const;
  emscripten::val records(const std::string& abi) const;
  std::string twin(const std::string& abi) const;

 private:
  const std::vector<RecordLayout>& layouts(const std::string& abi) const;

  std::vector<Problem> problems_;
  std::vector<std::vector<RecordLayout>> by_abi_;  ///< in the order of `abis()`
};

std::unique_ptr<StructLabObject> parse_struct_lab(const std::string& text);

emscripten::val abi_list();

}  // namespace heapyard::wasm
