#pragma once
// As much XML as it takes to look into our own pictures.

#include <string>
#include <vector>

namespace heapyard::test {

/// The value of an attribute of an element, empty when it has none.
inline std::string attribute(const std::string& element, const std::string& name) {
  const std::size_t begin = element.find(" " + name + "=\"");
  if (begin == std::string::npos) return "";
  const std::size_t value = begin + name.size() + 3;
  return element.substr(value, element.find('"', value) - value);
}

/// The opening tags of all elements of that name.
inline std::vector<std::string> elements(const std::string& svg, const std::string& name) {
  std::vector<std::string> found;
  for (std::size_t at = svg.find("<" + name + " "); at != std::string::npos; at = svg.find("<" + name + " ", at + 1)) {
    found.push_back(svg.substr(at, svg.find('>', at) - at + 1));
  }
  return found;
}

/// Every element is closed, in order, and no character is left that XML keeps for itself.
inline bool is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    const std::size_t end = xml.find('>', at);
    if (end == std::string::npos || xml.find('<', at + 1) < end) return false;
    const std::string tag = xml.substr(at + 1, end - at - 1);
    if (tag[0] == '/') {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(tag.substr(0, tag.find_first_of(" \n")));
    }
  }
  for (std::size_t at = xml.find('&'); at != std::string::npos; at = xml.find('&', at + 1)) {
    const std::string entity = xml.substr(at, xml.find(';', at) - at + 1);
    if (entity != "&amp;" && entity != "&lt;" && entity != "&gt;" && entity != "&quot;") return false;
  }
  return open.empty();
}

}  // namespace heapyard::test
