import { css } from 'lit';

/** What every element shares: boxes, headings, buttons, fields, focus. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  [hidden] {
    display: none !important;
  }
  h2 {
    display: flex;
    align-items: baseline;
    gap: 12px;
    margin: 0;
    font-size: var(--size-label);
    font-weight: 600;
    letter-spacing: 0.06em;
    text-transform: uppercase;
    color: var(--soft);
  }
  h2 > .name {
    font: 600 var(--size-text) / 1 var(--mono);
    letter-spacing: 0;
    text-transform: none;
    color: var(--ink);
  }
  h2 > .aside {
    margin-left: auto;
    font-weight: 400;
    letter-spacing: 0;
    text-transform: none;
  }
  p {
    margin: 0;
  }
  a {
    color: inherit;
    text-underline-offset: 3px;
  }
  :focus-visible {
    outline: 2px solid var(--ink);
    outline-offset: 2px;
  }
  .told-in-english {
    display: contents;
  }
  button,
  select,
  input {
    font: inherit;
    color: inherit;
    min-height: 32px;
    border-radius: 8px;
    border: 1px solid var(--line);
    background: var(--card);
    padding: 4px 10px;
  }
  button {
    cursor: pointer;
    white-space: nowrap;
  }
  button:hover:not(:disabled, [aria-disabled='true']),
  select:hover {
    border-color: var(--edge);
  }
  button:disabled,
  [aria-disabled='true'] {
    color: var(--soft);
    cursor: default;
    opacity: 0.6;
  }
  button.quiet {
    border-color: transparent;
    background: none;
    color: var(--soft);
    padding: 4px 8px;
  }
  button.quiet:hover {
    color: var(--ink);
    text-decoration: underline;
    text-underline-offset: 4px;
  }
  .small {
    font-size: var(--size-small);
  }
  .soft {
    color: var(--soft);
  }
  .mono {
    font-family: var(--mono);
  }
  .card {
    padding: 12px 14px;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: var(--round-card);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* On paper, all of it: nothing scrolls, and there is nothing to press. */
  @media print {
    :host {
      height: auto !important;
      overflow: visible !important;
      container-type: normal !important;
    }
    button,
    select,
    input {
      display: none !important;
    }
  }
  @media (pointer: coarse) {
    button,
    select,
    input {
      min-height: var(--touch);
    }
  }
`;

/** The forms of bytes, the same in map, grid, struct rows and legend. Patterns are SVG: see parts/patterns.ts. */
export const forms = css`
  svg {
    display: block;
    font-family: var(--mono);
    font-size: 12px;
  }
  svg text {
    fill: var(--soft);
  }
  .header {
    fill: var(--head);
  }
  .control {
    stroke: var(--line);
    stroke-width: 1;
  }
  .free,
  .padding {
    stroke: var(--line);
    stroke-width: 1;
  }
  .padding {
    stroke: var(--pad);
  }
  .hue-0 {
    fill: var(--hue-0);
  }
  .hue-1 {
    fill: var(--hue-1);
  }
  .hue-2 {
    fill: var(--hue-2);
  }
  .hue-3 {
    fill: var(--hue-3);
  }
  .hue-4 {
    fill: var(--hue-4);
  }
  .hue-5 {
    fill: var(--hue-5);
  }
  svg text.on-hue {
    fill: var(--on-hue);
    font-weight: 600;
  }
  .dots {
    fill: var(--free);
  }
  .stripes {
    fill: var(--pad);
  }
  .words {
    fill: var(--edge);
  }
  .changed {
    fill: var(--now);
  }
  .changed-edge {
    fill: var(--card);
  }
  .outline-now,
  .outline-fault,
  .outline-selected,
  .outline-lit {
    fill: none;
    pointer-events: none;
    stroke-linejoin: round;
  }
  .outline-now {
    stroke: var(--now);
    stroke-width: 3;
  }
  .outline-fault {
    stroke: var(--bad);
    stroke-width: 3;
  }
  .outline-selected {
    stroke: var(--ink);
    stroke-width: 2;
  }
  .outline-lit {
    stroke: var(--now);
    stroke-width: 2;
    stroke-dasharray: 4 3;
  }
  .link {
    fill: none;
    stroke: var(--soft);
    stroke-width: 1.5;
  }
  .arrowhead,
  svg text.head-mark {
    fill: var(--soft);
  }
  .rule {
    stroke: var(--hair);
    stroke-width: 1;
  }
  progress {
    width: 120px;
    vertical-align: middle;
    accent-color: var(--now);
  }
`;
