import { offline, type Keeping } from '../state/offline.js';
import type { Asked, Failing, WorkerState } from './names.js';

const HOUR = 3_600_000;
const PATIENCE = 5000; // milliseconds for a worker to answer or to take over

let keeper: Keeper | undefined;

export function follow(
  workers: ServiceWorkerContainer,
  registration: ServiceWorkerRegistration,
  version: string,
): void {
  keeper = new Keeper(workers, registration, version);
}

/** Loads the page again, with the version that waits. */
export async function replace(): Promise<void> {
  await keeper?.takeNext();
  location.reload();
}

/** Follows the worker: what it keeps, and which version comes next. */
class Keeper {
  #failing: Failing | null = null;
  #checked = Date.now();
  #asked = new WeakMap<ServiceWorker, Promise<WorkerState | undefined>>();

  constructor(
    readonly workers: ServiceWorkerContainer,
    readonly registration: ServiceWorkerRegistration,
    readonly version: string,
  ) {
    registration.addEventListener('updatefound', () => this.#follow());
    workers.addEventListener('controllerchange', () => void this.#look());
    workers.addEventListener('message', ({ data }: MessageEvent<Failing>) => {
      this.#failing = data;
      void this.#look();
    });
    document.addEventListener('visibilitychange', () => this.#check());
    this.#follow();
    void this.#look();
  }

  async takeNext(): Promise<void> {
    const { waiting } = this.registration;
    if (!waiting) return;
    const taken = new Promise((resolve) => this.workers.addEventListener('controllerchange', resolve, { once: true }));
    say(waiting, 'use');
    await Promise.race([taken, pause()]);
  }

  /** A page may stay open for days: it looks for a new version when the reader comes back to it. */
  #check(): void {
    if (document.visibilityState !== 'visible' || Date.now() - this.#checked < HOUR) return;
    this.#checked = Date.now();
    this.registration.update().catch(() => undefined);
  }

  #follow(): void {
    this.registration.installing?.addEventListener('statechange', () => void this.#look());
  }

  async #look(): Promise<void> {
    const { active, waiting, installing } = this.registration;
    const [kept, next] = await Promise.all([active && this.#stateOf(active), waiting && this.#stateOf(waiting)]);
    const newest = next ?? kept;
    offline.tell(this.#keeping(kept, installing), Boolean(newest && newest.version !== this.version));
  }

  /** Each is asked once: Chromium replaces none that is spoken to while another is about to take over. */
  #stateOf(worker: ServiceWorker): Promise<WorkerState | undefined> {
    const state = this.#asked.get(worker) ?? stateOf(worker);
    this.#asked.set(worker, state);
    void state.then((told) => {
      if (!told?.whole) this.#asked.delete(worker);
    });
    return state;
  }

  #keeping(kept: WorkerState | null | undefined, installing: ServiceWorker | null): Keeping {
    if (kept?.whole) return 'kept';
    if (this.#failing === 'room') return 'no room';
    return installing ? 'fetching' : 'none';
  }
}

function say(worker: ServiceWorker, asked: Asked, ports: MessagePort[] = []): void {
  worker.postMessage(asked, ports);
}

/** What a worker says of itself; nothing when it does not answer. */
function stateOf(worker: ServiceWorker): Promise<WorkerState | undefined> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<WorkerState>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<WorkerState>) => resolve(data);
  });
  say(worker, 'state', [port2]);
  return Promise.race([answer, pause()]);
}

const pause = () => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
