#include "support/random_programs.hpp"

#include <algorithm>
#include <vector>

namespace heapyard::test {
namespace {

std::string quoted(Random& random, std::uint64_t length) {
  constexpr const char* bytes[] = {"a", "Z", " ", "\\n", "\\0", "\\xff", "\\\"", "\\\\", "#"};
  std::string text = "\"";
  for (std::uint64_t i = 0; i < length; ++i) text += bytes[random.below(std::size(bytes))];
  return text + "\"";
}

class Writer {
 public:
  Writer(Random& random, const ProgramWishes& wishes) : random_(random), wishes_(wishes), sizes_(wishes.variables) {}

  std::string write() {
    for (std::uint32_t i = 0; i < wishes_.calls; ++i) {
      const std::size_t variable = random_.below(sizes_.size());
      if (wishes_.poke && random_.chance(6)) {
        line("poke " + std::to_string(random_.below(wishes_.arena + 8)) + " " +
             quoted(random_, random_.between(1, 12)));
      } else if (wishes_.misuse && random_.chance(15)) {
        misuse(variable);
      } else if (sizes_[variable] == 0) {
        allocate(variable);
      } else {
        use(variable);
      }
    }
    for (std::size_t variable = 0; variable < sizes_.size(); ++variable) {
      if (sizes_[variable] != 0) line("free " + name(variable));
    }
    return text_;
  }

 private:
  void line(const std::string& call) { text_ += call + "\n"; }
  static std::string name(std::size_t variable) { return "v" + std::to_string(variable); }
  std::uint64_t size() {
    return random_.between(1, random_.chance(75) ? std::min<std::uint64_t>(wishes_.largest, 40) : wishes_.largest);
  }

  void allocate(std::size_t variable) {
    std::uint64_t bytes = size();
    switch (random_.below(4)) {
      case 0: {
        const std::uint64_t count = random_.between(1, 4);
        bytes = std::max<std::uint64_t>(bytes / count, 1);
        line(name(variable) + " = calloc " + std::to_string(count) + " " + std::to_string(bytes));
        bytes *= count;
        break;
      }
      case 1: {
        std::uint64_t alignment = 1;
        while (alignment < wishes_.widest_alignment && random_.chance(70)) alignment *= 2;
        line(name(variable) + " = aligned_alloc " + std::to_string(alignment) + " " + std::to_string(bytes));
        break;
      }
      default: line(name(variable) + " = malloc " + std::to_string(bytes));
    }
    sizes_[variable] = bytes;
  }

  void use(std::size_t variable) {
    std::uint64_t& bytes = sizes_[variable];
    const std::uint64_t offset = random_.below(bytes);
    switch (random_.below(6)) {
      case 0: {
        const std::uint64_t length = random_.between(1, std::min<std::uint64_t>(bytes - offset, 20));
        line("write " + name(variable) + " " + std::to_string(offset) + " " + quoted(random_, length));
        break;
      }
      case 1:
        line("read " + name(variable) + " " + std::to_string(offset) + " " + std::to_string(bytes - offset));
        break;
      case 2:
      case 3:
        bytes = size();
        line(name(variable) + " = realloc " + name(variable) + " " + std::to_string(bytes));
        break;
      default: line("free " + name(variable) + (random_.chance(30) ? " " + std::to_string(bytes) : "")); bytes = 0;
    }
  }

  void misuse(std::size_t variable) {
    // A name must have been assigned before it is used.
    if (text_.find(name(variable) + " =") == std::string::npos) return allocate(variable);
    const std::string other = std::to_string(random_.below(wishes_.arena + 64));
    switch (random_.below(11)) {
      case 0: line("free " + name(variable)); break;
      case 1: line("free " + name(variable) + "+" + std::to_string(random_.below(80))); break;
      case 2: line("free " + other); break;
      case 3: line("free " + name(variable) + " " + std::to_string(random_.below(80))); break;
      case 4:
        line("write " + name(variable) + " " + std::to_string(random_.next() >> random_.below(64)) + " \"stray\"");
        break;
      case 5: line("read " + name(variable) + " " + std::to_string(random_.next() >> random_.below(64)) + " 9"); break;
      case 6: line(name(variable) + " = malloc " + std::to_string(random_.next() >> random_.below(64))); break;
      case 8: line(name(variable) + " = mark"); break;
      case 9: line("release " + name(variable)); break;
      case 7: {
        const std::size_t source = random_.below(sizes_.size());
        if (text_.find(name(source) + " =") == std::string::npos) return;
        line(name(variable) + " = realloc " + name(source) + " " + std::to_string(random_.below(2 * wishes_.largest)));
        break;
      }
      default:
        line(name(variable) + " = aligned_alloc " + std::to_string(random_.next() >> random_.below(64)) + " " + other);
    }
    sizes_[variable] = 0;
  }

  Random& random_;
  const ProgramWishes& wishes_;
  std::vector<std::uint64_t> sizes_;  ///< of what each variable holds, 0 for nothing
  std::string text_;
};

}  // namespace

std::string random_script(Random& random, const ProgramWishes& wishes) {
  return Writer(random, wishes).write();
}

std::string random_trace(Random& random, std::uint32_t operations, std::uint32_t live, std::uint64_t largest) {
  std::string text = "0\n" + std::to_string(live) + "\n" + std::to_string(operations) + "\n1\n";
  std::vector<bool> held(live);
  for (std::uint32_t i = 0; i < operations; ++i) {
    const std::uint64_t id = random.below(live);
    const std::string number = std::to_string(id), size = std::to_string(random.between(1, largest));
    if (!held[id]) {
      text += "a " + number + " " + size + "\n";
      held[id] = true;
    } else if (random.chance(20)) {
      text += "r " + number + " " + size + "\n";
    } else {
      text += "f " + number + "\n";
      held[id] = false;
    }
  }
  return text;
}

}  // namespace heapyard::test
