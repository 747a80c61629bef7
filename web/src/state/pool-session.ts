import { Session } from './session.js';

/** A session whose allocator is a pool of equal blocks. */
export class PoolSession extends Session {
  blockBytes = 32;
  capacity = 16;

  /** Makes the pool; true when such a pool can be. */
  shape(blockBytes: number, capacity: number): boolean {
    const arena = this.module.poolArenaBytes(blockBytes, capacity);
    if (arena === 0) {
      this.refused = `No pool has ${capacity} blocks of ${blockBytes} bytes.`;
      return false;
    }
    this.blockBytes = blockBytes;
    this.capacity = capacity;
    this.allocator = `pool:${blockBytes}`;
    this.arena = arena;
    return true;
  }

  reshape(blockBytes: number, capacity: number): void {
    if (this.shape(blockBytes, capacity)) this.rerun(this.allocator, this.arena);
    else this.dispatchEvent(new Event('change'));
  }
}
