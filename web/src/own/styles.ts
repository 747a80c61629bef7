import { css } from 'lit';

/** What a lesson of somebody's own has beside what labs and lessons have. */
export const stageStyles = css`
  .meaning heapyard-lesson-story {
    flex: none;
  }
  /* Beside the text there is no script: the story has room beside the heap. */
  @container (min-width: 761px) and (max-width: 1099px) {
    .stage.no-code .body {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(260px, 36%);
      overflow: hidden;
    }
    .no-code .picture,
    .no-code .meaning {
      overflow: auto;
    }
    .no-code:not(.no-story) .meaning {
      border-top: 0;
      border-left: 1px solid var(--line);
    }
    .stage.no-code.no-story .body,
    .stage.no-code.no-heap .body {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @container (max-width: 760px) {
    heapyard-structure {
      order: 5;
    }
  }
  .turns {
    display: flex;
    gap: 8px;
  }
  .canvas {
    display: grid;
    gap: 16px;
    grid-template-columns: minmax(0, 1fr);
  }
`;

/** The shell: its line of ways, mistakes, and the editor beside what it makes. */
export const shell = css`
  .ways nav {
    margin-left: auto;
    flex-wrap: wrap;
    gap: 8px;
  }
  .writing {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: minmax(320px, 38%) minmax(0, 1fr);
  }
  .text {
    display: flex;
    flex-direction: column;
    min-height: 0;
    border-right: 1px solid var(--line);
  }
  .text heapyard-script-editor {
    flex: 1;
  }
  .preview {
    container-type: size;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  .preview > .ways {
    padding: 8px 16px;
  }
  .mistakes {
    padding: 12px 20px;
    border-top: 1px solid var(--line);
    max-height: 34%;
    overflow: auto;
    font-size: var(--size-small);
  }
  .mistakes ol,
  .first ol {
    margin: 4px 0 0;
    padding: 0;
    list-style: none;
    display: grid;
    gap: 4px;
  }
  .mistakes button {
    padding: 0;
    min-height: 0;
    border: 0;
    background: none;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .mistakes b,
  .first b {
    color: var(--bad);
  }
  .told {
    color: var(--soft);
  }
  .first {
    padding: 24px;
    display: grid;
    gap: 8px;
    max-width: 72ch;
    justify-items: start;
  }
  @container (max-width: 760px) {
    .writing {
      grid-template-columns: minmax(0, 1fr);
      overflow: auto;
      grid-template-rows: 60cqh 90cqh;
    }
    .text {
      border-right: 0;
      border-bottom: 1px solid var(--line);
    }
  }
`;
