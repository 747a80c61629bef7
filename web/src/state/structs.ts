import { structs } from '../core/load.js';
import type { Problem, RecordLayout, StructLab, StructsModule } from '../core/module.js';
import { reorder } from './struct-text.js';

/** The struct text of the alignment lab, its layouts on every ABI, and the same struct in its minimal order. */
export class StructModel extends EventTarget {
  abis: { name: string; title: string }[] = [];
  text = '';
  abi = 'x86_64';
  record: string | null = null; // null: the last one of the text
  problems: Problem[] = [];
  #module: StructsModule | null = null;
  #lab: StructLab | null = null;

  /** Fetches the module, once; until then a text is kept and not laid out. */
  async start(): Promise<void> {
    if (this.#module) return;
    this.#module = await structs();
    this.abis = this.#module.abis();
    this.load(this.text);
  }

  /** A text with problems leaves the last good layouts in view. */
  load(text: string): void {
    this.text = text;
    if (!this.#module) return;
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

  forget(): void {
    this.#lab?.delete();
    this.#lab = null;
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
    if (text === null || name === undefined || !this.#module) return null;
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

  svg(): string {
    return this.#lab?.svg(this.abi) ?? '';
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
