/** The allocators that a race begins with. */
export const RIVALS = ['free-list', 'free-list:best-fit', 'buddy', 'slab', 'tlsf'];

/** The smallest arena in which each of them can have its own structure and some blocks. */
const LEAST_ARENA = 4096;

/** What a script in the heap lab is raced against: the allocator that it runs on, and those that a race begins with. */
export function raceOf(text: string, allocator: string, arena: number, step: number) {
  const allocators = [allocator, ...RIVALS.filter((each) => each !== allocator)];
  return { lab: 'race' as const, text, allocators, arena: arena < LEAST_ARENA ? 0 : arena, step, block: null };
}
