#include "svg_style.hpp"

namespace heapyard {

std::string_view svg_style() {
  return R"svg(<style>
  .paper { fill: #fbfaf7 } .ink { fill: #1b2230 } .soft { fill: #566071 } .hair { stroke: #e6e8ec }
  .hatch { fill: #8a94a5 } .padding { stroke: #8a94a5; fill: url(#padding) } .on-hue { fill: #ffffff }
  .hue-0 { fill: #0072b2 } .hue-1 { fill: #00775a } .hue-2 { fill: #a34a88 }
  .hue-3 { fill: #5e6e00 } .hue-4 { fill: #5a55ab } .hue-5 { fill: #2a7384 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #11141a } .ink { fill: #e8ebf1 } .soft { fill: #a2acbc } .hair { stroke: #232934 }
    .hatch { fill: #6d7788 } .padding { stroke: #6d7788 } .on-hue { fill: #11141a }
    .hue-0 { fill: #4aa8e0 } .hue-1 { fill: #2fc196 } .hue-2 { fill: #d987bf }
    .hue-3 { fill: #b9c95e } .hue-4 { fill: #a5a0f0 } .hue-5 { fill: #6cc6d8 }
  }
  text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }
  .title { font: 600 17px system-ui, "DejaVu Sans", sans-serif } .words { font: 13px system-ui, "DejaVu Sans", sans-serif }
  .name { font-weight: 600 } .right { text-anchor: end } .middle { text-anchor: middle }
</style>
<defs>
  <pattern id="padding" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch" width="2" height="5"/></pattern>
</defs>
)svg";
}

std::string svg_escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char byte : text) {
    switch (byte) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(byte) >= 0x20 || byte == '\n') escaped += byte;
    }
  }
  return escaped;
}

}  // namespace heapyard
