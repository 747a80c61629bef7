import { css } from 'lit';

/** Code, the same in the light listing and in the rich editor. */
export const code = css`
  .keyword {
    color: var(--keyword);
  }
  .type {
    color: var(--keyword);
  }
  .string {
    color: var(--string);
  }
  .comment {
    color: var(--soft);
  }
  .problem {
    text-decoration: underline wavy var(--bad) 1.5px;
    text-underline-offset: 4px;
  }
  .problem-note {
    display: block;
    padding: 4px 10px 6px;
    border-left: 3px solid var(--bad);
    background: var(--bad-wash);
    color: var(--ink);
    font: var(--size-small) / 1.45 var(--sans);
    white-space: normal;
  }
`;
