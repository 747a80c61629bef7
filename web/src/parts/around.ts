import { nothing } from 'lit';
import { isEmbedded } from '../core/home.js';

/** What holds an element in the end: the page's shell, or what somebody's page has embedded. */
export function outermost(element: Element): HTMLElement {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? outermost(root.host) : (element as HTMLElement);
}

/** Scrolls what lies around an element until it is seen, but nothing of a page that all this is embedded in. */
export function scrollIntoView(element: Element, place: 'start' | 'nearest' = 'nearest'): void {
  const top = outermost(element);
  for (let around = parentOf(element); around && around !== top; around = parentOf(around)) {
    if (around.scrollHeight <= around.clientHeight || getComputedStyle(around).overflowY === 'visible') continue;
    const [inner, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()];
    const margin = parseFloat(getComputedStyle(element).scrollMarginTop) || 0;
    const above = inner.top - margin - outer.top;
    const below = inner.bottom - outer.bottom;
    if (place === 'start' || above < 0) around.scrollTop += above;
    else if (below > 0) around.scrollTop += Math.min(above, below);
  }
}

/** As it is drawn: what stands in a slot, in the slot; what stands in a shadow, in its host. */
function parentOf(element: Element): Element | null {
  return (
    element.assignedSlot ?? element.parentElement ?? ((element.getRootNode() as ShadowRoot).host as Element) ?? null
  );
}

/** The role of what is a landmark in the page itself. A page around has its own, and several tags would repeat theirs. */
export function landmark(otherwise: 'region' | typeof nothing = nothing) {
  return isEmbedded() ? 'group' : otherwise;
}
