import { css } from 'lit';

/** What only a lab with a script has: its editor, its sheets on a phone, files that are dropped on it. */
export const machine = css`
  .tools {
    display: flex;
    gap: 8px;
  }
  .tools select {
    flex: 1;
    min-width: 0;
  }
  heapyard-script-editor {
    flex: 1;
  }
  .hint {
    margin: 0;
    padding: 0 16px 12px 20px;
    font-size: var(--size-small);
  }
  .allocate {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 16px 12px 20px;
    border-top: 1px solid var(--line);
  }
  .allocate input {
    width: 76px;
    flex: 1;
    min-width: 0;
  }
  .picture.stale > .canvas {
    opacity: 0.45;
  }
  .settings input {
    width: 76px;
  }
  .committed {
    color: var(--bad);
    font-weight: 650;
  }
  .drop {
    position: absolute;
    inset: 8px;
    display: grid;
    place-items: center;
    border: 2px dashed var(--ink);
    border-radius: var(--round-card);
    background: color-mix(in srgb, var(--paper) 88%, transparent);
    font-size: var(--size-large);
    z-index: 3;
    pointer-events: none;
  }
  .opener,
  .close {
    display: none;
  }
  @container (max-width: 760px) {
    .opener {
      display: block;
      min-height: var(--touch);
    }
    .stage:not(.no-heap) .script,
    .stage:not(.no-heap) heapyard-inspector {
      display: none;
    }
    /* A sheet ends above the timeline, so that the reader can step while it is open. */
    .sheet {
      --transport: 179px;
      position: fixed;
      top: auto;
      left: 0;
      right: 0;
      bottom: var(--transport);
      z-index: 5;
      max-height: calc(100cqh - var(--transport) - 56px);
      background: var(--paper);
      border: 1px solid var(--line);
      border-bottom: 0;
      border-radius: 16px 16px 0 0;
      box-shadow: 0 -8px 32px rgb(0 0 0 / 0.24);
      overflow: auto;
    }
    .stage .script.sheet {
      display: flex;
      height: calc(100cqh - var(--transport) - 56px);
    }
    .stage heapyard-inspector.sheet {
      display: grid;
      padding: 16px 16px 24px;
    }
    .close {
      display: block;
    }
    .drop {
      position: fixed;
    }
  }
`;
