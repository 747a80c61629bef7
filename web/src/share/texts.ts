import type { LabModel } from '../app/labs.js';
import type { Session } from '../state/session.js';

/** The text of a lab as a file, which the page and the program both open, and how the program does. */
export interface TextFile {
  name: string;
  text: string;
  command: string;
}

/** Null where nothing can be written: in lessons, on pages to read. Own lessons save their text where it is written. */
export function textFileOf(model: LabModel): TextFile | null {
  const state = model.state();
  if (!state || state.lab === 'lessons' || state.lab === 'own') return null;
  const { text } = state;
  if (state.lab === 'alignment') {
    return { name: 'heapyard.h', text, command: `heapyard layout --abi ${state.abi} heapyard.h` };
  }
  const { allocator, run } = model as unknown as Session;
  const name = run?.format === 'script' || !run ? 'heapyard.heap' : 'heapyard.rep';
  const arena = run ? ` --arena ${run.arenaBytes}` : '';
  const command =
    state.lab === 'race'
      ? `heapyard race --allocators ${state.allocators.join(',')}${arena} ${name}`
      : `heapyard heap --allocator ${allocator}${arena} ${name}`;
  return { name, text, command };
}
