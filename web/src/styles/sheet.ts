import { css } from 'lit';

/** A sheet over the page: its head, and what it covers. */
export const sheet = css`
  dialog {
    max-width: min(640px, calc(100vw - 24px));
    max-height: calc(100dvh - 24px);
    padding: 20px 24px 24px;
    border: 1px solid var(--line);
    border-radius: var(--round-card);
    background: var(--card);
    color: var(--ink);
  }
  dialog::backdrop {
    background: rgb(10 14 22 / 0.45);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    margin-bottom: 12px;
  }
  h1 {
    margin: 0;
    font-size: var(--size-large);
  }
`;
