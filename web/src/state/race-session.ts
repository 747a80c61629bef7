import type { LabModel } from '../app/labs.js';
import { raceTimes } from '../core/load.js';
import type { Machine, Race, RacesModule, Workload } from '../core/module.js';
import type { PageState, RaceState } from './address.js';
import { RIVALS } from './rivals.js';
import { Session, type Run } from './session.js';

/** What made a script. */
export interface Generated {
  text: string;
  workload: Workload;
  seed: number;
  calls: number;
}

const MOST = 12;

/** A session on several allocators at once: what a session has of one lab, it has of the first of them. */
export class RaceSession extends Session implements LabModel {
  readonly machines: Machine[];
  readonly workloads: Workload[];
  brought: Machine[] = []; // allocators that no menu has, from a link
  times: Float64Array | null = null; // nanoseconds of a call, by lane, once they were measured
  measuring: number | null = null; // how far the measurement is, from 0 to 1
  unmeasured = ''; // why there are no times
  #races: RacesModule;
  #adoptedRun: Run | null = null;
  #generated: Generated | null = null;
  #toMost = ''; // the text whose first run is shown where most of it is live

  constructor(module: RacesModule) {
    super({
      startRun: (text, allocators, arena) => module.startRace(text, allocators.split(','), arena),
      poolArenaBytes: () => 0,
    });
    this.#races = module;
    this.machines = module.machines();
    this.workloads = module.workloads();
    this.addEventListener('change', () => this.#adopted());
  }

  /** The race that is shown; null when nothing has run. */
  get race(): Race | null {
    return this.run ? (this.run.lab as Race) : null;
  }

  get chosen(): string[] {
    return this.allocator.split(',');
  }

  fresh(): void {
    this.allocator = RIVALS.join(',');
    this.arena = 0;
    this.generate('churn');
  }

  /** What made the script, as long as it stands in the editor as it was made. */
  get generated(): Generated | null {
    return this.#generated?.text === this.text ? this.#generated : null;
  }

  /** An adversary comes with the allocator that it is against. */
  generate(name: string, seed = 1, calls = 400): void {
    const made = this.#made(name, seed, calls);
    const { against } = made.workload;
    if (against && !this.chosen.includes(against) && this.chosen.length < MOST) this.#choose([...this.chosen, against]);
    this.#generated = made;
    this.#toMost = made.text;
    this.load(made.text);
  }

  #made(name: string, seed: number, calls: number): Generated {
    const workload = this.workloads.find((each) => each.name === name)!;
    return { workload, seed, calls, text: this.#races.workloadScript(name, seed, calls) };
  }

  /** A script that comes from a link may be a generated one: its first line says of what. */
  #recognise(text: string): void {
    const [, title, seed, calls] = /^# (.+?)(?:, seed (\d+), (\d+) calls)?\n/.exec(text) ?? [];
    const workload = this.workloads.find((each) => each.heading === title);
    if (workload) this.#generated = this.#made(workload.name, Number(seed ?? 1), Number(calls ?? 400));
  }

  /** What is new is shown where most of it is live, and has no times. */
  #adopted(): void {
    if (this.run === this.#adoptedRun) return;
    this.#adoptedRun = this.run;
    this.times = null;
    this.unmeasured = '';
    if (this.run?.text !== this.#toMost) return;
    this.#toMost = '';
    this.seek(this.race?.highWaterStep() ?? 0);
  }

  /** Adds an allocator at the place that the menu gives it, or takes it away. One stays. */
  toggle(name: string): void {
    const { chosen } = this;
    const next = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name];
    if (next.length === 0 || next.length > MOST) return;
    this.#choose(next);
    this.rerun(this.allocator, this.arena);
  }

  #choose(chosen: string[]): void {
    const names = [...this.machines, ...this.brought].map((each) => each.name);
    this.allocator = chosen.sort((a, b) => names.indexOf(a) - names.indexOf(b)).join(',');
  }

  /** Why no more allocators can be chosen, or no fewer. */
  get limit(): string {
    if (this.chosen.length === 1) return 'A race needs one at least.';
    return this.chosen.length === MOST ? `A race takes up to ${MOST}.` : '';
  }

  /** A step at which any of them fails or refuses. */
  override nextFault(): void {
    const step = this.race?.nextFailure(this.number) ?? 0;
    if (step === 0) return;
    this.pause();
    this.seek(step);
  }

  canToggle(name: string): boolean {
    return this.chosen.includes(name) ? this.chosen.length > 1 : this.chosen.length < MOST;
  }

  apply(state: PageState): string {
    if (state.lab !== 'race') return '';
    this.forget();
    this.#recognise(state.text);
    this.brought = state.allocators
      .filter((name) => !this.machines.some((each) => each.name === name))
      .map((name) => ({ name, title: name }));
    this.allocator = state.allocators.join(',');
    this.arena = state.arena;
    this.load(state.text, state);
    return this.missing(state.step);
  }

  state(): RaceState {
    return {
      lab: 'race',
      text: this.text,
      allocators: this.chosen,
      arena: this.arena,
      step: this.number,
      block: null,
    };
  }

  /** Measures the speed of all lanes, in pieces between which the page stays alive. */
  async measure(): Promise<void> {
    const { run } = this;
    if (!run || this.measuring !== null) return;
    this.unmeasured = '';
    this.measuring = 0;
    this.changed();
    try {
      const module = await raceTimes();
      const work = module.startRaceTimes(run.text, this.chosen, run.arenaBytes);
      do {
        this.measuring = work.progress();
        this.changed();
        await new Promise((resolve) => setTimeout(resolve));
      } while (this.run === run && work.advance());
      if (this.run === run) this.times = work.results();
      work.delete();
    } catch {
      this.unmeasured = 'The part that measures could not be fetched, or has not enough memory. Reload to try again.';
    }
    this.measuring = null;
    this.changed();
  }
}
