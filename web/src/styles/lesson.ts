import { css } from 'lit';

/** A lesson on the stage: its program and what it printed, a question, presenter mode. */
export const lesson = css`
  @container (min-width: 1100px) {
    /* What changes in one of them is laid out and painted by itself. */
    .script,
    .picture,
    .meaning {
      contain: strict;
    }
    .stage {
      grid-template-columns: minmax(280px, 27%) minmax(0, 1fr) minmax(280px, 27%);
    }
  }
  heapyard-lesson-code {
    flex: 1;
  }
  /* Room for a scene that grows: what stands below seldom jumps. */
  heapyard-lesson-scene {
    min-height: 22cqh;
    scroll-margin-top: 92px;
  }
  .output {
    border-top: 1px solid var(--line);
    padding: 8px 20px;
    max-height: 26%;
    overflow: auto;
  }
  .output pre {
    margin: 2px 0 0;
    font: 13px / 1.5 var(--mono);
    white-space: pre-wrap;
  }
  .question {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    border-left: 4px solid var(--now);
  }
  .question form {
    display: flex;
    gap: 8px;
  }
  .question input {
    flex: 1;
    min-width: 0;
  }
  .verdict {
    border-left: 4px solid var(--edge);
    scroll-margin-top: 92px;
  }
  .part:focus,
  .verdict:focus {
    outline: none;
  }
  .beginning {
    display: grid;
    gap: 10px;
  }
  .beginning button {
    margin-right: 8px;
    background: var(--ink);
    border-color: var(--ink);
    color: var(--paper);
    font-weight: 600;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
    padding: 8px 24px;
    border-bottom: 1px solid var(--line);
    font-size: var(--size-small);
  }
  .ways h2 {
    font-size: var(--size-text);
    text-transform: none;
    letter-spacing: 0;
    color: var(--ink);
    gap: 8px;
  }
  .ways a {
    display: inline-flex;
    align-items: center;
    min-height: 28px;
  }
  .ways nav {
    display: flex;
    gap: 16px;
  }
  .absent {
    visibility: hidden;
  }
  .views,
  .tongues {
    display: flex;
    gap: 4px;
  }
  .views {
    margin: 0 auto;
  }
  .views button,
  .ways .present,
  .tongues button {
    min-height: 28px;
    padding: 2px 10px;
    font-size: var(--size-small);
  }
  [aria-pressed='true'] {
    border-color: var(--ink);
  }
  .presenting {
    --scale: 1.6;
  }
  .stage.presenting {
    grid-template-columns: minmax(0, 42%) minmax(0, 1fr);
  }
  .presenting .meaning,
  .presenting .bytes,
  .presenting .foot,
  .presenting .settings {
    display: none;
  }
  .presenting .sentence {
    font-size: calc(1.6 * var(--rem));
  }
  .presenting .output pre {
    font-size: 20px;
  }
  .bytes > summary {
    font-size: var(--size-small);
  }
  .paper {
    display: none;
  }
  @media print {
    .paper {
      display: block;
      padding: 0 24px;
    }
    .paper ol > li {
      break-inside: avoid;
      padding-bottom: 56px;
      border-bottom: 1px solid var(--edge);
    }
    .paper pre {
      white-space: pre-wrap;
    }
    .output {
      max-height: none;
    }
    .ways > :not(h2),
    .ways a,
    .beginning,
    .question,
    .bytes {
      display: none !important;
    }
    heapyard-lesson-scene {
      min-height: 0;
      break-inside: avoid;
    }
  }
  @container (max-width: 760px) {
    /* All of it scrolls but the header and the timeline. */
    :host {
      overflow: auto;
    }
    .stage {
      flex: none;
      overflow: visible;
    }
    .headline {
      top: 0;
      max-height: 34cqh;
      overflow: auto;
    }
    heapyard-transport {
      position: sticky;
      bottom: 0;
      z-index: 2;
    }
    .ways {
      padding: 4px 12px;
    }
    .views {
      margin: 0;
    }
    .script {
      display: flex;
      order: 2;
      flex: none;
      height: 320px;
      border: 1px solid var(--line);
      border-radius: var(--round-card);
    }
    .output {
      flex: none;
      max-height: 30%;
    }
    /* Before the program, which takes half of the screen. */
    .question,
    .verdict,
    .beginning,
    .fault,
    .why {
      order: 1;
    }
    .bytes {
      order: 4;
    }
    heapyard-lesson-story {
      order: 8;
    }
  }
`;
