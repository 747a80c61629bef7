/**
 * A lesson of somebody's own: what scripts/lessons/prose.mjs reads of the project's lessons, played on a script that
 * stands in the text. docs/own-lessons.md. Every mistake is told with its line; a text with mistakes is no lesson.
 */
import type { Problem } from '../core/module.js';
import type { Exercise, Place, Prose, Question } from '../state/lesson-session.js';
import { say } from '../words/say.js';
import { blocksOf, htmlOf, inside, TooHeavy, mayLead, stepOf, type Token, type Tokens } from './markdown.js';

/** A lesson, and where in its text things stand: lines count from 1. */
export interface OwnLesson {
  prose: Prose;
  teacher: string[]; // as HTML: for whoever reads the text
  kind: 'heap' | 'struct';
  allocator: string;
  arena: number; // 0: one that fits
  script: string;
  lines: { script: number; questions: number[]; exercise: number; goals: number[]; solution: number };
  places: { line: number; at: number }[]; // lines of the script that are spoken of, and where that is
}

/** Problems, or else a lesson. */
export interface Parsed {
  lesson: OwnLesson | null;
  problems: Problem[];
}

export const LONGEST = 32 * 1024; // characters
const MOST_QUESTIONS = 50;
const MOST_PROBLEMS = 50;

const SECTIONS = {
  'You will be able to': 'goals',
  Story: 'story',
  Questions: 'questions',
  Exercise: 'exercise',
  'In the wild': 'wild',
  'Further reading': 'reading',
  'For the teacher': 'teacher',
} as const;
type Section = (typeof SECTIONS)[keyof typeof SECTIONS];

const SETTING = /^heap(?: +([a-z0-9:-]{1,40}))?(?: +(\d{1,10}))?$/;

/** A block, and where in the text it begins. */
interface Block {
  token: Token;
  at: number;
}

export function parse(markdown: string, way: (hash: string) => string = (hash) => hash): Parsed {
  const text = markdown.replace(/\r\n?/g, '\n');
  if (text.length > LONGEST) {
    const message = say('a lesson has at most {0} characters, and this has {1}: split it', LONGEST, text.length);
    return { lesson: null, problems: [{ line: 1, column: 1, length: 1, message }] };
  }
  try {
    return new Parser(text, way).parse();
  } catch (error) {
    // What is nested deeper than the stack, for the most part.
    const heavy = error instanceof TooHeavy ? error : null;
    const message = heavy?.message ?? say('this Markdown cannot be read: are lists or quotations nested very deep?');
    const [first = ''] = heavy?.source.split('\n') ?? [];
    const line = text.slice(0, Math.max(0, text.indexOf(first))).split('\n').length;
    return { lesson: null, problems: [{ line, column: 1, length: 1, message }] };
  }
}

class Parser {
  readonly #text: string;
  readonly #ends: number[] = []; // of its lines
  readonly #way: (hash: string) => string;
  readonly #problems: Problem[] = [];
  readonly #places: OwnLesson['places'] = [];
  #script: string[] = [];

  constructor(text: string, way: (hash: string) => string) {
    this.#text = text;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) this.#ends.push(end);
    this.#way = way;
  }

  parse(): Parsed {
    const [title, abstract, setting, ...rest] = this.#blocks();
    const told = this.#opening(title, abstract, setting);
    const sections = this.#sections(told ? rest : []);
    if (!told) return { lesson: null, problems: this.#problems };
    const { begin, kind, allocator, arena } = told;
    const html = (name: Section) => this.#html(sections[name]);
    const { questions, lines: asked } = this.#questions(sections.questions);
    const { exercise, lines } = this.#exercise(sections.exercise);
    const prose: Prose = {
      id: idOf(told.title),
      title: told.title,
      abstract: told.abstract,
      goals: html('goals'),
      story: html('story'),
      wild: html('wild'),
      reading: html('reading'),
      questions,
      exercise,
      sizes: null,
      measured: null,
      source: begin.text,
      more: [],
      number: 0,
      previous: null,
      next: null,
      terms: {},
    };
    const teacher = html('teacher');
    if (this.#problems.length > 0) return { lesson: null, problems: this.#problems };
    const script = this.#line(setting!.at) + 1;
    const where = { lines: { script, questions: asked, ...lines }, places: this.#places };
    return { lesson: { prose, teacher, kind, allocator, arena, script: `${begin.text}\n`, ...where }, problems: [] };
  }

  /** The blocks, each with its place: what the lexer gives them is their text alone. */
  #blocks(): Block[] {
    let from = 0;
    return blocksOf(this.#text).map((token) => {
      const at = Math.max(from, this.#text.indexOf(token.raw, from));
      from = at + token.raw.length;
      return { token, at };
    });
  }

  /** Title, abstract and script: without them there is nothing to say about the rest. */
  #opening(title?: Block, abstract?: Block, setting?: Block) {
    const at = title?.at ?? 0;
    if (title?.token.type !== 'heading' || title.token['depth'] !== 1) {
      return this.#tell(at, say('a lesson begins with “# ” and its title'));
    }
    if (abstract?.token.type !== 'paragraph') {
      return this.#tell(
        abstract?.at ?? at,
        say('behind the title stands a paragraph that says what the lesson is about'),
      );
    }
    this.#look(abstract, () => null);
    const begin = setting?.token as Tokens.Code | undefined;
    const words = begin?.lang?.trim() ?? '';
    const read = settingOf(words);
    if (begin?.type !== 'code' || !read) {
      const message = words
        ? say(
            'behind the first paragraph stands the script, in a block that begins with “```heap free-list 1024” or “```struct”, not with “{0}”',
            words,
          )
        : say(
            'behind the first paragraph stands the script, in a block that begins with “```heap free-list 1024” or “```struct”',
          );
      return this.#tell(setting?.at ?? at, message);
    }
    this.#script = begin.text.split('\n');
    return { begin, title: bare(title.token['text']), abstract: bare(abstract.token['text']), ...read };
  }

  #sections(blocks: Block[]): Record<Section, Block[]> {
    const told: Record<Section, Block[]> = {
      goals: [],
      story: [],
      questions: [],
      exercise: [],
      wild: [],
      reading: [],
      teacher: [],
    };
    let section: Block[] | null = null;
    for (const block of blocks) {
      const { type, depth, text } = block.token as Tokens.Heading;
      if (type === 'heading' && depth <= 2) {
        const name = Object.hasOwn(SECTIONS, text) ? SECTIONS[text as keyof typeof SECTIONS] : undefined;
        section = name ? told[name] : [];
        if (!name || depth === 1) {
          this.#tell(
            block.at,
            say(
              'there is no section “{0}”: the sections are {1}, each behind “## ”',
              text,
              Object.keys(SECTIONS).join(', '),
            ),
          );
        }
      } else if (section) {
        section.push(block);
        this.#look(block, this.#place);
      } else {
        this.#tell(block.at, say('a text stands before the first section: put “## Story” before it'));
        section = [];
      }
    }
    return told;
  }

  /** Tells what is wrong with the links of a block. */
  #look({ token, at }: Block, place: (piece: string, at: number) => Place | null): void {
    let from = at;
    for (const each of inside(token)) {
      if (each.type === 'text' && !('tokens' in each && each.tokens) && /\]\(\s*<?step:/.test(each.raw)) {
        this.#tell(this.#find(each.raw, at), say('a link to a step is written [words](<step:piece of a line>)'));
      }
      if (each.type !== 'link') continue;
      const { href, raw } = each as Tokens.Link;
      from = this.#find(raw, from);
      const step = stepOf(href);
      if (step !== undefined) place(step, from);
      else if (!mayLead(href)) {
        this.#tell(
          from,
          say('a link leads to https://, http://, mailto: or a place of Heapyard (#/…), not to “{0}”', href),
        );
      }
    }
  }

  /** `piece @2` → the lines of the script in which it stands, as in scripts/lessons/prose.mjs. */
  #place = (words: string, at: number): Place | null => {
    const [, piece = '', behind = '0', occurrence = '1'] =
      /^(.*?)(?: \+(\d{1,6}))?(?: @(\d{1,6}))?$/s.exec(words) ?? [];
    const found = this.#script.flatMap((line, index) => (line.includes(piece) ? [index + 1 + Number(behind)] : []));
    if (piece.trim() === '') return this.#tell(at, say('a step is named by a piece of its line'));
    if (found.length === 0) return this.#tell(at, say('no line of the script holds “{0}”', piece));
    if (Number(occurrence) > found.length || occurrence === '0') {
      const message =
        found.length === 1
          ? say('the script has one line with “{0}”, so there is no @{1}', piece, occurrence)
          : say('the script has {0} lines with “{1}”, so there is no @{2}', found.length, piece, occurrence);
      return this.#tell(at, message);
    }
    const line = found[Number(occurrence) - 1]!;
    this.#places.push({ line, at: this.#line(at) });
    return { lines: [line], occurrence: 1 };
  };

  #html(blocks: Block[]): string[] {
    return blocks.map(({ token, at }) => htmlOf((piece) => this.#quiet(piece, at), this.#way)(token));
  }

  /** What is wrong with it was told when the block was looked at. */
  #quiet(piece: string, at: number): Place | null {
    const [problems, places] = [this.#problems.length, this.#places.length];
    const place = this.#place(piece, at);
    this.#problems.length = problems;
    this.#places.length = places;
    return place;
  }

  #questions(blocks: Block[]): { questions: Question[]; lines: number[] } {
    const questions: { question: Question; at: number; placed: boolean }[] = [];
    for (const { token, at } of blocks) {
      const last = questions.at(-1);
      if (token.type === 'heading' && token['depth'] === 3) {
        const question = {
          ask: bare(token['text']),
          at: { lines: [], occurrence: 1 },
          answer: '',
          right: '',
          wrong: [],
        };
        questions.push({ question, at, placed: false });
      } else if (token.type === 'list' && last) {
        let from = at;
        for (const item of (token as Tokens.List).items) {
          from = this.#find(item.raw, from);
          const place = this.#item(last.question, item.text, from);
          last.placed ||= place;
        }
      } else {
        this.#tell(at, say('a question is “### ” with what is asked, and behind it a list: at, answer, right, wrong'));
      }
    }
    for (const { question, at, placed } of questions) {
      const missing = [
        ...(placed ? [] : [say('“- at: `piece of a line`”')]),
        ...(question.answer ? [] : [say('“- answer: `expression`”')]),
        ...(question.right ? [] : [say('“- right: what to say to the right answer”')]),
        ...(question.wrong.some((each) => each.answer === null) ? [] : [say('“- wrong: what to say to any other”')]),
      ];
      if (missing.length > 0) this.#tell(at, say('the question lacks {0}', missing.join(', ')));
    }
    if (questions.length > MOST_QUESTIONS)
      this.#tell(questions.at(-1)!.at, say('a lesson has at most {0} questions', MOST_QUESTIONS));
    return { questions: questions.map((each) => each.question), lines: questions.map(({ at }) => this.#line(at)) };
  }

  /** True when the item says at which step the question is asked, rightly or wrongly. */
  #item(question: Question, text: string, at: number): boolean {
    const match = /^(at|answer|right|wrong)(?: `([^`]+)`)?: ?(?:`([^`]+)`\s*$|([^]*))/.exec(text);
    if (!match) {
      this.#tell(
        at,
        say('a question has “- at: `piece of a line`”, “- answer: `expression`”, “- right: …” and “- wrong: …”'),
      );
      return false;
    }
    const [, key, expression, code, words = ''] = match;
    const said = code ?? words.trim();
    if (key === 'at') {
      const place = this.#place(said, at);
      if (place) question.at = place;
      return true;
    }
    if (key === 'answer') question.answer = said;
    else if (key === 'right') question.right = bare(said);
    else question.wrong.push({ answer: expression ?? null, reply: bare(said) });
    return false;
  }

  #exercise(blocks: Block[]): {
    exercise: Exercise;
    lines: Pick<OwnLesson['lines'], 'exercise' | 'goals' | 'solution'>;
  } {
    const exercise: Exercise = {
      kind: 'heap',
      allocator: '',
      arena: 0,
      task: [],
      start: '',
      choices: [],
      source: null,
      goals: [],
      solution: '',
    };
    const lines = { exercise: 0, goals: [] as number[], solution: 0 };
    if (blocks.length === 0) return { exercise, lines };
    const codes = blocks.filter(({ token }) => token.type === 'code');
    const lists = blocks.filter(({ token }) => token.type === 'list');
    const [begin, solution] = codes.map(({ token }) => token as Tokens.Code);
    const setting = settingOf(begin?.lang?.trim() ?? '');
    if (!setting || solution?.lang !== 'solution' || codes.length !== 2 || lists.length !== 1) {
      this.#tell(
        blocks[0]!.at,
        say(
          'an exercise is a task, a block “```heap free-list 1024” or “```struct” to begin with, a list of goals, and a block “```solution”',
        ),
      );
      return { exercise, lines };
    }
    let from = lists[0]!.at;
    for (const item of (lists[0]!.token as Tokens.List).items) {
      from = this.#find(item.raw, from);
      const match = /^`([^`]+)`: ([^]+)/.exec(item.text);
      if (!match) this.#tell(from, say('a goal is written - `leaks = 0`: and what it means'));
      else exercise.goals.push({ goal: match[1]!, words: bare(match[2]!) });
      lines.goals.push(this.#line(from));
    }
    lines.exercise = this.#line(codes[0]!.at) + 1;
    lines.solution = this.#line(codes[1]!.at) + 1;
    Object.assign(exercise, setting, { start: `${begin!.text}\n`, solution: `${solution.text}\n` });
    exercise.task = this.#html(blocks.filter((block) => !codes.includes(block) && !lists.includes(block)));
    return { exercise, lines };
  }

  #find(raw: string, from: number): number {
    const at = this.#text.indexOf(raw.trimEnd(), from);
    return at < 0 ? from : at;
  }

  #line(at: number): number {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }

  #tell(at: number, message: string): null {
    if (this.#problems.length === MOST_PROBLEMS) return null;
    const line = this.#line(at);
    const column = at - (this.#text.lastIndexOf('\n', at - 1) + 1) + 1;
    const same = this.#problems.some((each) => each.line === line && each.message === message);
    if (!same) this.#problems.push({ line, column, length: 1, message });
    return null;
  }
}

/** `heap free-list:best-fit 1024`, `struct`: what a block holds, and how it is run. */
function settingOf(words: string): Pick<OwnLesson, 'kind' | 'allocator' | 'arena'> | null {
  if (words === 'struct') return { kind: 'struct', allocator: '', arena: 0 };
  const match = SETTING.exec(words);
  return match && { kind: 'heap', allocator: match[1] ?? 'free-list', arena: Number(match[2] ?? 0) };
}

/** A text that is shown as it is: without the marks of code, in one line. */
const bare = (words: string): string => words.replace(/`/g, '').replace(/\s+/g, ' ').trim();

/** By which a page around knows a lesson: `who-gets-the-hole`. */
function idOf(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60) || 'lesson';
}
