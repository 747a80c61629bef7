/**
 * The rich editor, fetched when a text is first touched. It lives in a shadow root, where CodeMirror adopts its style
 * sheets; so a strict style-src holds. It colours with the listing's own tokens: no grammar package is needed.
 */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, RangeSetBuilder, StateEffect, StateField, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  ViewPlugin,
  WidgetType,
  drawSelection,
  keymap,
  lineNumbers,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import type { Problem } from '../core/module.js';
import { say } from '../words/say.js';
import { indexOfColumn, stateOf, tokens, type Language } from './highlight.js';

export interface Shown {
  text: string;
  line: number;
  faultLines: number[];
  problems: Problem[];
}

export interface RichEditor {
  show(state: Shown): void;
  focus(line: number, column?: number): void;
  destroy(): void;
}

export interface Options {
  parent: Element;
  root: ShadowRoot;
  text: string;
  label: string;
  language: Language;
  edited(text: string, line: number): void;
  goto: ((line: number) => void) | null;
}

type Marks = Omit<Shown, 'text'>;

class Note extends WidgetType {
  constructor(readonly message: string) {
    super();
  }

  override eq(other: Note): boolean {
    return other.message === this.message;
  }

  override toDOM(): HTMLElement {
    const note = document.createElement('div');
    note.className = 'problem-note';
    note.textContent = this.message;
    return note;
  }
}

const setMarks = StateEffect.define<Marks>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return decorate(transaction.state, effect.value);
    }
    return value.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorate(state: EditorState, { line, faultLines, problems }: Marks): DecorationSet {
  const ranges = [];
  const has = (number: number) => number >= 1 && number <= state.doc.lines;
  for (const number of new Set([line, ...faultLines])) {
    if (has(number)) {
      ranges.push(Decoration.line({ class: stateOf(number, line, faultLines) }).range(state.doc.line(number).from));
    }
  }
  for (const problem of problems) {
    if (!has(problem.line)) continue;
    const at = state.doc.line(problem.line);
    const from = at.from + indexOfColumn(at.text, problem.column);
    const to = at.from + indexOfColumn(at.text, problem.column + problem.length);
    if (to > from) ranges.push(Decoration.mark({ class: 'problem' }).range(from, to));
    ranges.push(Decoration.widget({ widget: new Note(problem.message), block: true, side: 1 }).range(at.to));
  }
  return Decoration.set(ranges, true);
}

function colours(language: Language): Extension {
  const build = (view: EditorView) => {
    const builder = new RangeSetBuilder<Decoration>();
    for (const { from, to } of view.visibleRanges) {
      for (let at = from; at <= to;) {
        const line = view.state.doc.lineAt(at);
        for (const token of tokens(line.text, language)) {
          builder.add(line.from + token.from, line.from + token.to, Decoration.mark({ class: token.kind }));
        }
        at = line.to + 1;
      }
    }
    return builder.finish();
  };
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = build(view);
      }
      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged) this.decorations = build(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--ink)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '24px' },
  '.cm-content': { padding: '0 0 24px', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 16px 0 0' },
  '.cm-gutters': { backgroundColor: 'transparent', border: '0', color: 'var(--soft)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '44px', padding: '0 12px 0 0', fontSize: '12px', cursor: 'pointer' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'light-dark(#cfe3f5, #2a4560)',
  },
  '.cm-line.now': { backgroundColor: 'var(--now-wash)', boxShadow: '-41px 0 var(--now-wash), -44px 0 var(--now)' },
  '.cm-line.guilty': { backgroundColor: 'var(--bad-wash)', boxShadow: '-41px 0 var(--bad-wash), -44px 0 var(--bad)' },
  '.cm-line.involved': { background: 'linear-gradient(90deg, var(--bad-wash), transparent 60%)' },
});

export function openEditor(options: Options): RichEditor {
  let quiet = false; // the page itself is changing the text
  const view = new EditorView({
    parent: options.parent,
    root: options.root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        history(),
        drawSelection(),
        lineNumbers({
          domEventHandlers: {
            mousedown: (editor, block) => {
              options.goto?.(editor.state.doc.lineAt(block.from).number);
              return options.goto !== null;
            },
          },
        }),
        EditorView.lineWrapping,
        EditorState.phrases.of({ 'Selection deleted': say('Selection deleted') }),
        EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false', autocapitalize: 'off' }),
        keymap.of([
          { key: 'Escape', run: (editor) => (editor.contentDOM.blur(), true) },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        marks,
        colours(options.language),
        look,
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || quiet) return;
          const line = update.state.doc.lineAt(update.state.selection.main.head).number;
          options.edited(update.state.doc.toString(), line);
        }),
      ],
    }),
  });
  let lit = 0;
  return {
    show({ text, ...shown }) {
      quiet = true;
      const now = view.state.doc.toString();
      if (now !== text) {
        let from = 0;
        while (from < now.length && from < text.length && now[from] === text[from]) ++from;
        let same = 0;
        const most = Math.min(now.length, text.length) - from;
        while (same < most && now[now.length - 1 - same] === text[text.length - 1 - same]) ++same;
        view.dispatch({ changes: { from, to: now.length - same, insert: text.slice(from, text.length - same) } });
      }
      view.dispatch({ effects: setMarks.of(shown) });
      if (shown.line !== lit && shown.line >= 1 && shown.line <= view.state.doc.lines && !view.hasFocus) {
        const at = view.state.doc.line(shown.line).from;
        view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'nearest', yMargin: 24 }) });
      }
      lit = shown.line;
      quiet = false;
    },
    focus(line, column = Infinity) {
      const at = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      view.dispatch({ selection: { anchor: Math.min(at.to, at.from + column) } });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
