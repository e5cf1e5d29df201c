import { constants, getPriority, setPriority } from 'node:os';
import { platform } from 'node:process';

const BELOW = 10;

/**
 * Lets other threads of the process run first: this thread and those that it starts get what they
 * leave. Only Linux has a priority for each thread; elsewhere it would be that of the process.
 */
export function yieldProcessor(): void {
  if (platform !== 'linux') return;
  try {
    setPriority(0, Math.min(constants.priority.PRIORITY_LOW, getPriority(0) + BELOW));
  } catch {
    // A sandbox may forbid it; then threads are equal.
  }
}
