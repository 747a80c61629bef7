import type { LabModel } from '../app/labs.js';
import type { Problem, RecordLayout, StructLab, StructsModule } from '../core/module.js';
import { structExamples } from '../examples/structs.js';
import { say } from '../words/say.js';
import type { AlignmentState, PageState } from './address.js';
import { reorder } from './struct-text.js';

/** The struct text of the alignment lab, its layouts on every ABI, and the same struct in its minimal order. */
export class StructModel extends EventTarget implements LabModel {
  readonly abis: { name: string; title: string }[];
  text = '';
  abi = 'x86_64';
  record: string | null = null; // null: the last one of the text
  problems: Problem[] = [];
  readonly #module: StructsModule;
  #lab: StructLab | null = null;

  constructor(module: StructsModule) {
    super();
    this.#module = module;
    this.abis = module.abis();
  }

  fresh(): void {
    this.record = null;
    this.abi = 'x86_64';
    this.load(structExamples()[0]!.text);
  }

  apply(state: PageState): string {
    if (state.lab !== 'alignment') return '';
    const known = this.abis.some((abi) => abi.name === state.abi);
    this.#lab?.delete();
    this.#lab = null;
    this.abi = known ? state.abi : 'x86_64';
    this.record = state.record;
    this.load(state.text);
    return known ? '' : say('The link names an ABI that Heapyard does not have: this is x86-64.');
  }

  state(): AlignmentState {
    return { lab: 'alignment', text: this.text, abi: this.abi, record: this.record };
  }

  /** A text with problems leaves the last good layouts in view. */
  load(text: string): void {
    this.text = text;
    const lab = this.#module.parseStructs(text);
    this.problems = lab.problems();
    if (this.problems.length > 0) {
      lab.delete();
    } else {
      this.#lab?.delete();
      this.#lab = lab;
    }
    this.#changed();
  }

  setAbi(abi: string): void {
    this.abi = abi;
    this.#changed();
  }

  setRecord(name: string): void {
    this.record = name;
    this.#changed();
  }

  records(abi = this.abi): RecordLayout[] {
    return this.#lab?.records(abi) ?? [];
  }

  chosen(abi = this.abi): RecordLayout | null {
    const records = this.records(abi);
    return records.find((record) => record.name === this.record) ?? records.at(-1) ?? null;
  }

  /** The text with the chosen struct in its minimal order, or null when its members cannot be told apart in the text. */
  reordered(): string | null {
    const record = this.chosen();
    return record && this.problems.length === 0 ? reorder(this.text, record.name, record.minimal.order) : null;
  }

  /** The chosen struct as it would be in its minimal order. */
  minimal(): RecordLayout | null {
    const text = this.reordered();
    const name = this.chosen()?.name;
    if (text === null || name === undefined) return null;
    const lab = this.#module.parseStructs(text);
    const record = lab.records(this.abi).find((each) => each.name === name) ?? null;
    lab.delete();
    return record;
  }

  rewrite(): void {
    const text = this.reordered();
    if (text !== null) this.load(text);
  }

  twin(): string {
    return this.#lab?.twin(this.abi) ?? '';
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
