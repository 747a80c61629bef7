import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Block, LessonSession } from '../state/lesson-session.js';
import { base } from '../styles/base.js';

/** The story of a lesson. A sentence leads to its step; at its step, it is marked and in view. */
export class LessonStory extends LitElement {
  static override properties = { session: { attribute: false }, number: { type: Number }, title_: {} };
  declare session: LessonSession;
  declare number: number;

  static override styles = [
    base,
    css`
      :host {
        line-height: 1.6;
      }
      h3 {
        margin: 20px 0 6px;
        font-size: var(--size-text);
        font-weight: 650;
      }
      .story > * {
        margin: 0 0 12px;
      }
      ul {
        margin: 0 0 12px;
        padding-left: 20px;
      }
      a {
        color: inherit;
        text-decoration-color: var(--edge);
        text-underline-offset: 3px;
      }
      a[data-lines]:hover {
        text-decoration-color: var(--now);
      }
      a.now {
        background: var(--now-wash);
        text-decoration-color: var(--now);
        text-decoration-thickness: 2px;
        border-radius: 3px;
      }
      code {
        font-family: var(--mono);
        font-size: 0.92em;
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('number')) return;
    const links = [...this.renderRoot.querySelectorAll<HTMLAnchorElement>('a[data-lines]')];
    let now: HTMLAnchorElement | undefined;
    for (const link of links) {
      const here = this.#stepOf(link) === this.number;
      link.classList.toggle('now', here);
      if (here) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
      if (here) now ??= link;
    }
    if (now) requestAnimationFrame(() => this.dispatchEvent(new CustomEvent('told', { detail: now })));
  }

  protected override render() {
    const { prose } = this.session;
    if (!prose) return nothing;
    return html`<div @click=${this.#clicked}>
      <h3>You will be able to</h3>
      ${blocks(prose.goals)}
      <h3>Story</h3>
      <div class="story">${blocks(prose.story)}</div>
      <h3>In the wild</h3>
      ${blocks(prose.wild)}
      <h3>Further reading</h3>
      ${blocks(prose.reading)}
    </div>`;
  }

  #stepOf(link: HTMLAnchorElement): number {
    const lines = link.dataset['lines']!.split(',').map(Number);
    return this.session.stepAt({ lines, occurrence: Number(link.dataset['occurrence']) });
  }

  #clicked(event: Event): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-lines]');
    if (!link) return;
    event.preventDefault();
    const step = this.#stepOf(link);
    this.session.pause();
    if (step > 0) this.session.seek(step);
  }
}

/** The project's own prose, made into HTML when the page was built. */
function blocks(blocks: Block[]) {
  return blocks.map(({ html }) => unsafeHTML(html));
}
