#include "heapyard/smart/rc.hpp"

#include <cstdio>
#include <string_view>

using namespace heapyard;

struct Folder {
  int files;
  Rc<Folder> owned;
  Weak<Folder> watched;
};

void link(Rc<Folder> from, Rc<Folder> to, bool weak) {
  if (weak) {
    from->watched = to;
  } else {
    from->owned = to;
  }
}

int main(int count, char* arguments[]) {
  std::string_view weak = count > 1 ? arguments[1] : "neither";
  Rc<Folder> parent = make_rc<Folder>(1);
  {
    Rc<Folder> child = make_rc<Folder>(2);
    link(parent, child, weak == "to-child" || weak == "both");
    link(child, parent, weak == "to-parent" || weak == "both");
  }
  Rc<Folder> found = parent->owned;
  if (!found) found = parent->watched.upgrade();
  std::printf("%d files found\n", found ? found->files : 0);
  return 0;
}
