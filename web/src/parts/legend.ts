import { html, svg, type SVGTemplateResult } from 'lit';
import { say } from '../words/say.js';

const swatch = (content: SVGTemplateResult) =>
  html`<svg width="20" height="16" viewBox="-1 -1 20 16" aria-hidden="true">${content}</svg>`;

const header = swatch(svg`<rect class="header" width="18" height="14" rx="3" />`);
const payload = swatch(svg`<rect class="hue-0" width="18" height="14" rx="3" />`);
const padding = swatch(svg`<rect class="padding" fill="url(#padding)" width="18" height="14" rx="3" />`);
const free = swatch(svg`<rect class="free" fill="url(#free)" width="18" height="14" rx="3" />`);
const control = swatch(svg`<rect class="control" fill="url(#control)" width="18" height="14" rx="3" />`);
const changed = swatch(svg`<rect class="changed" y="6" width="18" height="4" />`);
const now = swatch(svg`<rect class="outline-now" width="18" height="14" rx="3" />`);
const fault = swatch(svg`<rect class="outline-fault" width="18" height="14" rx="3" />`);

/** Needs `patterns` in the same shadow root. */
export const heapLegend = () =>
  html`<div class="legend" role="list" aria-label=${say('Forms')}>
    <span role="listitem">${header}${say('header')}</span><span role="listitem">${payload}${say('payload')}</span>
    <span role="listitem">${padding}${say('padding')}</span><span role="listitem">${free}${say('free')}</span>
    <span role="listitem">${control}${say('the allocator’s own')}</span
    ><span role="listitem">${now}${say('this step')}</span>
    <span role="listitem">${changed}${say('changed bytes')}</span><span role="listitem">${fault}${say('fault')}</span>
  </div>`;

export const poolLegend = () =>
  html`<div class="legend" role="list" aria-label=${say('Forms')}>
    <span role="listitem">${payload}${say('payload')}</span><span role="listitem">${padding}${say('padding')}</span>
    <span role="listitem">${free}${say('free')}</span><span role="listitem">${now}${say('this step')}</span>
    <span role="listitem">${fault}${say('fault')}</span>
  </div>`;

export const structLegend = () =>
  html`<div class="legend" role="list" aria-label=${say('Forms')}>
    <span role="listitem">${payload}${say('member')}</span><span role="listitem">${padding}${say('padding')}</span>
  </div>`;
