import { css, html, nothing, svg } from 'lit';
import { offline } from '../state/offline.js';
import { progress } from '../state/progress.js';
import { english } from '../words/english.js';
import { say, saying } from '../words/say.js';
import { addressOf, lastOf, type Listed } from './map-page.js';
import { Page } from './page.js';

const labs = () => [
  {
    name: 'heap',
    title: say('Heap lab'),
    words: say('Write allocations, one a line; watch blocks split and coalesce, and every misuse named.'),
  },
  {
    name: 'race',
    title: say('Race'),
    words: say('One script on several allocators: their heaps one above the other, and where they part.'),
  },
  {
    name: 'pool',
    title: say('Pool lab'),
    words: say('Blocks of one size, the free list threaded through them, double frees refused.'),
  },
  {
    name: 'alignment',
    title: say('Alignment lab'),
    words: say('Any struct of C: offsets and padding for five ABIs, and the order that takes least.'),
  },
];

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
    return html`<h2>${say('See what memory does.')}</h2>
      <p class="lead">
        ${say('Heapyard runs real C++ on real bytes, in this page, and shows the stack, the heap and every byte between them: one step at a time, forward and back.')}
      </p>
      <p class="actions">${this.#renderWays(entries)}</p>
      ${pictures()}
      <h3>${say('Or try it out by yourself')}</h3>
      <ul class="labs">
        ${labs().map(
          ({ name, title, words }) =>
            html`<li>
              <a class="card" href="#/${name}"><b>${title}</b><span class="soft">${words}</span></a>
            </li>`,
        )}
      </ul>
      <p class="more soft">
        ${saying(
          '{0}, and {1}. Nothing is sent anywhere: all of it runs in your browser.',
          html`<a href="#/words">${say('What C++, C and Rust call it')}</a>`,
          html`<a href="#/glossary">${say('a glossary')}</a>`,
        )}
        ${offline.keeping === 'kept' ? say('Works offline now.') : nothing}
      </p>`;
  }

  /** On from where the reader was last; from a lesson that is solved, to the next one that is not. */
  #renderWays(entries: Listed[]) {
    const last = lastOf(entries);
    if (!last) {
      const [first] = entries;
      return html`<a href="#/lessons?l=${first!.id}">${saying('Begin with lesson {0}: {1}', 1, titleOf(first!))}</a
        ><a href="#/lessons">${say('All {0} lessons', entries.length)}</a>`;
    }
    const at = entries.indexOf(last);
    const next = [...entries.slice(at), ...entries.slice(0, at)].find(({ id }) => !progress.of(id).solved);
    const numberOf = (entry: Listed) => entries.indexOf(entry) + 1;
    const all = html`<a href="#/lessons">${say('All lessons')}</a>`;
    if (next === last) return html`<a href=${addressOf(last.id)}>${onWith(last, numberOf(last))}</a>${all}`;
    const on = next
      ? html`<a href=${addressOf(next.id)}>${saying('Go on to lesson {0}: {1}', numberOf(next), titleOf(next))}</a>`
      : '';
    const back = saying('Back to lesson {0}: {1}', numberOf(last), titleOf(last));
    return html`${on}<a href=${addressOf(last.id)}>${back}</a>${all}`;
  }
}

function onWith(lesson: Listed, number: number) {
  const { at, steps } = progress.of(lesson.id);
  return at > 0
    ? saying('Go on with lesson {0}: {1}, step {2} of {3}', number, titleOf(lesson), at, steps)
    : saying('Go on with lesson {0}: {1}', number, titleOf(lesson));
}

const titleOf = ({ title }: Listed) => html`<span lang=${english()}>${title}</span>`;

/** A stack, a heap, and a pointer between them: in one row, and where there is no room for that, in two. */
function pictures() {
  const said = say('A variable on the stack points to a block on the heap, between two other blocks and free bytes');
  return html`<svg class="strip broad" viewBox="0 0 900 150" role="img" aria-label=${said}>
      ${svg`
      <text class="soft" x="0" y="14">${say('stack')}</text>
      <rect class="stack" x="0" y="24" width="190" height="34" rx="6" />
      <text class="ink" x="12" y="46">numbers</text>
      <text class="soft" x="96" y="46">0x038</text>
      <text class="soft" x="0" y="88">${say('heap')}</text>
      <rect class="head" x="0" y="98" width="26" height="44" /><rect class="one" x="26" y="98" width="150" height="44" />
      <text x="40" y="125">"memory"</text>
      <rect class="head" x="176" y="98" width="26" height="44" /><rect class="two" x="202" y="98" width="260" height="44" />
      <text x="216" y="125">10  20  30  40</text>
      <rect class="free" x="464" y="99" width="180" height="42" />
      <text class="soft" x="478" y="125">${say('free')}</text>
      <rect class="head" x="646" y="98" width="26" height="44" /><rect class="three" x="672" y="98" width="130" height="44" />
      <text x="686" y="125">node</text>
      <rect class="free" x="804" y="99" width="95" height="42" />
      <path class="arrow" d="M190 41 C250 41 214 60 212 90" />
      <path class="tip" d="M212 98 l-5 -10 h10 z" />
    `}
    </svg>
    <svg class="strip tall" viewBox="0 0 288 206" role="img" aria-label=${said}>
      ${svg`
      <text class="soft" x="0" y="12">${say('stack')}</text>
      <rect class="stack" x="0.5" y="20" width="160" height="34" rx="6" />
      <text class="ink" x="10" y="42">numbers</text>
      <text class="soft" x="86" y="42">0x038</text>
      <text class="soft" x="0" y="88">${say('heap')}</text>
      <rect class="head" x="0" y="98" width="16" height="44" /><rect class="one" x="16" y="98" width="84" height="44" />
      <text x="24" y="125">"memory"</text>
      <rect class="head" x="101" y="98" width="16" height="44" /><rect class="two" x="117" y="98" width="171" height="44" />
      <text x="133" y="125">10  20  30  40</text>
      <rect class="free" x="1" y="155" width="126" height="42" />
      <text class="soft" x="12" y="181">${say('free')}</text>
      <rect class="head" x="129" y="154" width="16" height="44" /><rect class="three" x="145" y="154" width="66" height="44" />
      <text x="157" y="181">node</text>
      <rect class="free" x="213" y="155" width="74" height="42" />
      <path class="arrow" d="M161 37 C206 37 126 62 126 90" />
      <path class="tip" d="M126 98 l-5 -10 h10 z" />
    `}
    </svg>`;
}
