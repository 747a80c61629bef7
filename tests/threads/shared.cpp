// `heapyard-shared rc`, `heapyard-shared arc`: two threads copy the same pointer and drop their copies. ThreadSanitizer
// has to find the data race of the Rc's plain counts, and none in the Arc.
#include "heapyard/smart/arc.hpp"
#include "heapyard/smart/rc.hpp"

#include <string_view>
#include <thread>

namespace {

template <class Owner>
void share(const Owner& owner) {
  const auto copy_and_drop = [&owner] {
    const Owner copy = owner;
    return *copy;
  };
  std::thread other(copy_and_drop);
  copy_and_drop();
  other.join();
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::string_view kind = argument_count == 2 ? arguments[1] : "";
  if (kind == "rc") {
    share(heapyard::make_rc<int>(7));
  } else if (kind == "arc") {
    share(heapyard::make_arc<int>(7));
  } else {
    return 2;
  }
  return 0;
}
