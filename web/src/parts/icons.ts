import { svg, html, type SVGTemplateResult } from 'lit';

const icon = (content: SVGTemplateResult) =>
  html`<svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">${content}</svg>`;

export const play = icon(svg`<path d="M4 2.5v13l11-6.5z" />`);
export const pause = icon(svg`<path d="M4 3h3.5v12H4zM10.5 3H14v12h-3.5z" />`);
export const back = icon(svg`<path d="M3 3h2v12H3zM15 3v12L6 9z" />`);
export const forward = icon(svg`<path d="M13 3h2v12h-2zM3 3v12l9-6z" />`);
