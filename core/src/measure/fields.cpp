// A text of 4 KB, split into its fields: copies of them, or views of them. The list that takes them keeps its room.
#include "consume.hpp"
#include "works.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace heapyard::works {
namespace {

constexpr std::size_t text_bytes = 4096;

std::string text_of_fields() {
  constexpr std::string_view record =
      "name=Ada Lovelace;role=mathematician;born=1815;wrote=notes on the Analytical Engine;";
  std::string text;
  while (text.size() < text_bytes) text += record;
  text.resize(text_bytes);
  return text;
}

template <class Field>
void split(std::string_view text, std::vector<Field>& fields) {
  fields.clear();
  while (!text.empty()) {
    const std::string_view field = text.substr(0, text.find(';'));
    fields.emplace_back(field);
    text.remove_prefix(field.size() < text.size() ? field.size() + 1 : text.size());
  }
}

template <class Field>
class Splitting : public Work {
 public:
  void run(std::uint64_t rounds) override {
    for (std::uint64_t i = 0; i < rounds; ++i) {
      consume(text_.data());
      split(text_, fields_);
      consume(fields_.data());
    }
  }

 private:
  std::string text_ = text_of_fields();
  std::vector<Field> fields_;
};

}  // namespace

std::unique_ptr<Work> copied_fields() {
  return std::make_unique<Splitting<std::string>>();
}

std::unique_ptr<Work> viewed_fields() {
  return std::make_unique<Splitting<std::string_view>>();
}

}  // namespace heapyard::works
