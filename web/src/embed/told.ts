/** What is told to the page around. */
export type Told =
  | { type: 'ready' }
  | { type: 'failure'; reason: string }
  | { type: 'step'; step: number; steps: number }
  | { type: 'answer'; question: string; right: boolean }
  | { type: 'result'; exercise: string; solved: boolean; met: number; goals: number };

export const TOLD: Told['type'][] = ['ready', 'failure', 'step', 'answer', 'result'];
