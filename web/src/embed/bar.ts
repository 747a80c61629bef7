import { css } from 'lit';

/** The line above what is embedded: what it is, its parts, and the way to the whole. */
export const bar = css`
  .bar {
    display: flex;
    align-items: center;
    gap: 4px 12px;
    padding: 4px 16px;
    min-height: 40px;
    border-bottom: 1px solid var(--line);
    font-size: var(--size-small);
  }
  .bar b {
    margin-right: auto;
    font-size: var(--size-text);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bar a {
    color: var(--soft);
    white-space: nowrap;
  }
  .views {
    display: flex;
    gap: 4px;
  }
  .views button {
    min-height: 28px;
    padding: 2px 10px;
    font-size: var(--size-small);
  }
  [aria-pressed='true'] {
    border-color: var(--ink);
  }
  .notice {
    padding: 6px 16px;
    border-bottom: 1px solid var(--line);
    background: var(--card);
  }
`;
