#include "heap_forms.hpp"

#include <fmt/format.h>

namespace heapyard {

std::string_view heap_form_style() {
  return R"svg(<style>
  .card { fill: #ffffff } .head { fill: #394458 } .dots { fill: #a3acba } .line { stroke: #dfe1e6 } .edge { stroke: #8a94a5 }
  .now { stroke: #d55e00 } .now-fill { fill: #d55e00 } .bad { stroke: #b42318 } .bad-ink { fill: #b42318 } .link { stroke: #566071 }
  .paper-edge { stroke: #fbfaf7 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #181c24 } .head { fill: #b9c3d4 } .dots { fill: #5a6474 } .line { stroke: #2b313d } .edge { stroke: #6d7788 }
    .now { stroke: #ff9a4d } .now-fill { fill: #ff9a4d } .bad { stroke: #ff8a7a } .bad-ink { fill: #ff8a7a } .link { stroke: #a2acbc }
    .paper-edge { stroke: #11141a }
  }
  .free { fill: url(#free) } .control { fill: url(#control) } .outline { fill: none; stroke-width: 3; stroke-linejoin: round }
  .link { fill: none; stroke-width: 1.5 } .torn { stroke-dasharray: 2 5 } .changed { stroke-width: 1 }
  .halo { paint-order: stroke; stroke-width: 4px; stroke-linejoin: round } .number { font: 600 19px system-ui, "DejaVu Sans", sans-serif }
</style>
<defs>
  <pattern id="free" width="6" height="6" patternUnits="userSpaceOnUse"><circle class="dots" cx="2" cy="2" r="1"/></pattern>
  <pattern id="control" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="head" width="2" height="4"/></pattern>
  <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="soft" d="M0 0L8 4L0 8z"/></marker>
</defs>
)svg";
}

std::string bar_path(const Bar& bar, bool from_above, bool goes_on) {
  constexpr int point = 5;
  const int middle = bar.height / 2;
  std::string path = fmt::format("M{} {}H{}", bar.begin, bar.y, bar.end - (goes_on ? 0 : 1));
  path += goes_on ? fmt::format("l{0} {1}l-{0} {1}", point, middle) : fmt::format("v{}", bar.height);
  path += fmt::format("H{}", bar.begin);
  return path + (from_above ? fmt::format("l{} -{}z", point, middle) : "z");
}

std::string outline_path(const Bar& bar, bool from_above, bool goes_on) {
  const int top = bar.y - 1, bottom = bar.y + bar.height + 1;
  const int begin = bar.begin - (from_above ? 0 : 1), end = bar.end;
  if (from_above && goes_on) return fmt::format("M{0} {1}H{2}M{0} {3}H{2}", begin, top, end, bottom);
  if (from_above) return fmt::format("M{0} {1}H{2}V{3}H{0}", begin, top, end, bottom);
  if (goes_on) return fmt::format("M{0} {1}H{2}V{3}H{0}", end, top, begin, bottom);
  return fmt::format("M{0} {1}H{2}V{3}H{0}Z", begin, top, end, bottom);
}

}  // namespace heapyard
