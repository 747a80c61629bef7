import { css, html, nothing, svg } from 'lit';
import { offline } from '../state/offline.js';
import { progress } from '../state/progress.js';
import { addressOf, lastOf, type Listed } from './map-page.js';
import { Page } from './page.js';

const LABS = [
  ['heap', 'Heap lab', 'Write allocations, one a line; watch blocks split and coalesce, and every misuse named.'],
  ['race', 'Race', 'One script on several allocators: their heaps one above the other, and where they part.'],
  ['pool', 'Pool lab', 'Blocks of one size, the free list threaded through them, double frees refused.'],
  ['alignment', 'Alignment lab', 'Any struct of C: offsets and padding for five ABIs, and the order that takes least.'],
] as const;

/** What this is, in a sentence; the first lesson, and the labs. */
export class StartPage extends Page<Listed[]> {
  protected readonly file = 'lessons/index.json';

  static override styles = [
    ...Page.styles,
    css`
      article {
        max-width: 980px;
      }
      article > h2 {
        font-size: clamp(1.9 * var(--rem), 5vw, 3 * var(--rem));
        line-height: 1.08;
        letter-spacing: -0.025em;
        margin: 16px 0 14px;
        max-width: 24ch;
      }
      .lead {
        font-size: calc(1.125 * var(--rem));
        max-width: 56ch;
        color: var(--soft);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        margin: 24px 0 36px;
      }
      .actions a {
        padding: 10px 18px;
        border-radius: 10px;
        border: 1px solid var(--edge);
        text-decoration: none;
        font-weight: 600;
      }
      .actions a:first-child {
        background: var(--ink);
        border-color: var(--ink);
        color: var(--paper);
      }
      .actions a:hover {
        text-decoration: underline;
      }
      svg {
        display: block;
        width: 100%;
        height: auto;
        max-height: 180px;
      }
      .tall {
        display: none;
        max-width: 420px;
        max-height: none;
      }
      .strip text {
        font: 600 13px var(--mono);
        fill: var(--on-hue);
      }
      .strip .soft {
        fill: var(--soft);
        font-weight: 400;
      }
      .strip .free {
        fill: none;
        stroke: var(--edge);
        stroke-dasharray: 4 4;
      }
      .strip .stack {
        fill: var(--card);
        stroke: var(--line);
      }
      .strip .head {
        fill: var(--head);
      }
      .strip .arrow {
        fill: none;
        stroke: var(--ink);
        stroke-width: 1.5;
      }
      .strip .tip {
        fill: var(--ink);
      }
      .strip .ink {
        fill: var(--ink);
      }
      .strip .one {
        fill: var(--hue-0);
      }
      .strip .two {
        fill: var(--hue-1);
      }
      .strip .three {
        fill: var(--hue-2);
      }
      h3 {
        margin: 36px 0 12px;
        font-size: var(--size-large);
      }
      .labs {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr));
        gap: 12px;
        padding: 0;
        margin: 0;
        list-style: none;
      }
      .labs a {
        display: grid;
        gap: 4px;
        height: 100%;
        align-content: start;
        text-decoration: none;
        line-height: 1.45;
      }
      .labs a:hover {
        border-color: var(--edge);
      }
      .more {
        margin-top: 28px;
      }
      @container (max-width: 820px) {
        .broad {
          display: none;
        }
        .tall {
          display: block;
        }
      }
    `,
  ];

  protected override renderPage(entries: Listed[]) {
    return html`<h2>See what memory does.</h2>
      <p class="lead">
        Heapyard runs real C++ on real bytes, in this page, and shows the stack, the heap and every byte between them:
        one step at a time, forward and back.
      </p>
      <p class="actions">${this.#renderWays(entries)}</p>
      ${pictures}
      <h3>Or try it out by yourself</h3>
      <ul class="labs">
        ${LABS.map(
          ([name, title, words]) =>
            html`<li>
              <a class="card" href="#/${name}"><b>${title}</b><span class="soft">${words}</span></a>
            </li>`,
        )}
      </ul>
      <p class="more soft">
        <a href="#/words">What C++, C and Rust call it</a>, and <a href="#/glossary">a glossary</a>. Nothing is sent
        anywhere: all of it runs in your browser.${offline.keeping === 'kept' ? ' Works offline now.' : nothing}
      </p>`;
  }

  /** On from where the reader was last; from a lesson that is solved, to the next one that is not. */
  #renderWays(entries: Listed[]) {
    const last = lastOf(entries);
    if (!last) {
      const [first] = entries;
      return html`<a href="#/lessons?l=${first!.id}">Begin with lesson 1: ${first!.title}</a
        ><a href="#/lessons">All ${entries.length} lessons</a>`;
    }
    const at = entries.indexOf(last);
    const next = [...entries.slice(at), ...entries.slice(0, at)].find(({ id }) => !progress.of(id).solved);
    const named = (entry: Listed) => `lesson ${entries.indexOf(entry) + 1}: ${entry.title}`;
    const back = html`<a href=${addressOf(last.id)}>Back to ${named(last)}</a>`;
    const on =
      next === last
        ? html`<a href=${addressOf(last.id)}>Go on with ${named(last)}${stepOf(last)}</a>`
        : html`${next ? html`<a href=${addressOf(next.id)}>Go on to ${named(next)}</a>` : ''}${back}`;
    return html`${on}<a href="#/lessons">All lessons</a>`;
  }
}

function stepOf({ id }: Listed): string {
  const { at, steps } = progress.of(id);
  return at > 0 ? `, step ${at} of ${steps}` : '';
}

const SAID = 'A variable on the stack points to a block on the heap, between two other blocks and free bytes';

/** A stack, a heap, and a pointer between them: in one row, and where there is no room for that, in two. */
const pictures = html`<svg class="strip broad" viewBox="0 0 900 150" role="img" aria-label=${SAID}>
    ${svg`
      <text class="soft" x="0" y="14">stack</text>
      <rect class="stack" x="0" y="24" width="190" height="34" rx="6" />
      <text class="ink" x="12" y="46">numbers</text>
      <text class="soft" x="96" y="46">0x038</text>
      <text class="soft" x="0" y="88">heap</text>
      <rect class="head" x="0" y="98" width="26" height="44" /><rect class="one" x="26" y="98" width="150" height="44" />
      <text x="40" y="125">"memory"</text>
      <rect class="head" x="176" y="98" width="26" height="44" /><rect class="two" x="202" y="98" width="260" height="44" />
      <text x="216" y="125">10  20  30  40</text>
      <rect class="free" x="464" y="99" width="180" height="42" />
      <text class="soft" x="478" y="125">free</text>
      <rect class="head" x="646" y="98" width="26" height="44" /><rect class="three" x="672" y="98" width="130" height="44" />
      <text x="686" y="125">node</text>
      <rect class="free" x="804" y="99" width="95" height="42" />
      <path class="arrow" d="M190 41 C250 41 214 60 212 90" />
      <path class="tip" d="M212 98 l-5 -10 h10 z" />
    `}
  </svg>
  <svg class="strip tall" viewBox="0 0 288 206" role="img" aria-label=${SAID}>
    ${svg`
      <text class="soft" x="0" y="12">stack</text>
      <rect class="stack" x="0.5" y="20" width="160" height="34" rx="6" />
      <text class="ink" x="10" y="42">numbers</text>
      <text class="soft" x="86" y="42">0x038</text>
      <text class="soft" x="0" y="88">heap</text>
      <rect class="head" x="0" y="98" width="16" height="44" /><rect class="one" x="16" y="98" width="84" height="44" />
      <text x="24" y="125">"memory"</text>
      <rect class="head" x="101" y="98" width="16" height="44" /><rect class="two" x="117" y="98" width="171" height="44" />
      <text x="133" y="125">10  20  30  40</text>
      <rect class="free" x="1" y="155" width="126" height="42" />
      <text class="soft" x="12" y="181">free</text>
      <rect class="head" x="129" y="154" width="16" height="44" /><rect class="three" x="145" y="154" width="66" height="44" />
      <text x="157" y="181">node</text>
      <rect class="free" x="213" y="155" width="74" height="42" />
      <path class="arrow" d="M161 37 C206 37 126 62 126 90" />
      <path class="tip" d="M126 98 l-5 -10 h10 z" />
    `}
  </svg>`;
