import { css } from 'lit';

/** The stage of every lab: what the program did (left), memory (middle, the largest), what it means (right). */
export const stage = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    flex: 1;
  }
  .stage {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: 280px minmax(0, 1fr) 336px;
  }
  .stage.no-story {
    grid-template-columns: minmax(240px, 2fr) minmax(0, 3fr);
  }
  .stage.no-code {
    grid-template-columns: minmax(0, 1fr) 336px;
  }
  .stage.no-heap {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
  .stage:is(.no-code.no-story, .no-heap.no-story, .no-code.no-heap) {
    grid-template-columns: minmax(0, 1fr);
  }
  .no-heap .script,
  .no-story .script:only-child {
    border: 0;
  }
  .body {
    display: contents;
  }
  .script,
  .picture,
  .meaning {
    min-width: 0;
    min-height: 0;
  }
  .script {
    display: flex;
    flex-direction: column;
    border-right: 1px solid var(--line);
  }
  .panel-head {
    padding: 16px 16px 8px 20px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .picture {
    overflow: auto;
    padding: 16px 24px 24px;
    display: flex;
    flex-direction: column;
    gap: 12px;
    position: relative;
  }
  .picture > * {
    flex: none;
  }
  .settings {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
    font-size: var(--size-small);
    color: var(--soft);
  }
  .settings h2 {
    margin-right: auto;
  }
  .settings label {
    position: relative;
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .settings select,
  .settings input {
    color: var(--ink);
  }
  .headline {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
    min-height: 56px;
    align-content: flex-start;
    position: sticky;
    top: -16px;
    z-index: 1;
    padding: 8px 0;
    background: var(--paper);
  }
  .sentence {
    font-size: var(--size-large);
    line-height: 1.4;
    letter-spacing: -0.005em;
    flex: 1 1 320px;
    text-wrap: balance;
  }
  .meaning {
    border-left: 1px solid var(--line);
    overflow: auto;
    padding: 16px 20px 24px;
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  h3 {
    margin: 0 0 4px;
    font-size: var(--size-text);
    font-weight: 650;
  }
  .fault {
    border-color: var(--bad);
    border-left-width: 4px;
    background: var(--bad-wash);
    display: grid;
    gap: 6px;
    justify-items: start;
  }
  .fault h3 {
    color: var(--bad);
  }
  .fault button.quiet {
    margin-left: -8px;
    color: var(--ink);
    text-decoration: underline;
    text-underline-offset: 4px;
  }
  .fault .silently {
    font-size: var(--size-small);
  }
  .leaks {
    list-style: none;
    margin: 0;
    padding: 0;
    max-height: 220px;
    overflow: auto;
    width: 100%;
  }
  .leaks button {
    width: 100%;
    text-align: left;
    border-color: transparent;
    background: none;
    white-space: normal;
    padding: 4px 8px;
  }
  .leaks button[aria-pressed='true'] {
    background: var(--card);
    border-color: var(--bad);
  }
  .why ol {
    margin: 0;
    padding: 0;
    list-style: none;
    counter-reset: reason;
  }
  .why li {
    counter-increment: reason;
    display: grid;
    grid-template-columns: 20px 1fr;
    padding: 4px 6px;
    margin: 0 -6px;
    border-radius: 6px;
    cursor: default;
  }
  .why li::before {
    content: counter(reason);
    color: var(--soft);
  }
  .why li:hover,
  .why li:focus {
    background: var(--now-wash);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    font-size: var(--size-small);
    color: var(--soft);
  }
  .legend span {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  details {
    font-size: var(--size-small);
    color: var(--soft);
  }
  summary {
    cursor: pointer;
    padding: 6px 0;
    width: max-content;
    max-width: 100%;
  }
  summary:hover {
    color: var(--ink);
  }
  .twin {
    margin: 4px 0 0;
    padding: 12px 14px;
    font: 12.5px / 1.6 var(--mono);
    color: var(--ink);
    overflow: auto;
    max-height: 420px;
    white-space: pre;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    align-items: start;
    justify-content: space-between;
  }
  .foot details {
    flex: 1 1 240px;
    min-width: 0;
  }
  .note {
    padding: 10px 14px;
    border-left: 3px solid var(--edge);
    background: var(--card);
    font-size: var(--size-small);
  }
  .note.bad {
    border-color: var(--bad);
    background: var(--bad-wash);
  }

  @media print {
    :host,
    .stage,
    .body,
    .script,
    .picture,
    .meaning {
      display: block !important;
      contain: none !important;
      overflow: visible;
      border: 0 !important;
    }
    h3,
    .headline {
      position: static;
      break-after: avoid;
    }
    .twin {
      max-height: none;
    }
    .panel-head,
    .settings,
    .allocate,
    details:not([open]),
    heapyard-transport {
      display: none !important;
    }
  }

  @container (max-width: 1099px) {
    .stage {
      grid-template-columns: 264px minmax(0, 1fr);
      grid-template-rows: minmax(0, 1fr);
    }
    .stage.no-code {
      grid-template-columns: minmax(0, 1fr);
    }
    .no-heap .meaning {
      border: 0;
    }
    .body {
      display: block;
      overflow: auto;
      min-height: 0;
    }
    .picture,
    .meaning {
      overflow: visible;
    }
    .headline {
      top: 0;
    }
    .meaning {
      border-left: 0;
      border-top: 1px solid var(--line);
      padding: 16px 24px;
    }
  }

  @container (max-width: 760px) {
    .stage {
      display: flex;
      flex-direction: column;
      overflow: auto;
      padding: 12px 12px 24px;
      gap: 12px;
    }
    .body,
    .picture,
    .meaning {
      display: contents;
    }
    .headline,
    .fault,
    .why,
    .canvas,
    .legend,
    .settings,
    .foot,
    .refused,
    .minimal {
      flex: none;
    }
    .refused {
      order: 1;
    }
    .headline {
      order: 1;
      min-height: 0;
    }
    .sentence {
      flex-basis: 200px;
    }
    .fault {
      order: 2;
    }
    .why {
      order: 3;
    }
    .canvas {
      order: 4;
    }
    .legend {
      order: 5;
    }
    .settings {
      order: 6;
    }
    .foot {
      order: 7;
    }
    .settings h2 {
      flex-basis: 100%;
    }
    .sentence {
      font-size: calc(1.0625 * var(--rem));
    }
  }

  @container (max-height: 480px) {
    .headline {
      position: static;
    }
  }
`;
