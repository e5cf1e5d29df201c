import { setPriority } from 'node:os';
import { platform } from 'node:process';

/** Of the 20 below the usual priority, half. */
const LOWER = 10;

/**
 * Lets other threads of the process run first: this thread and those that it starts get what they
 * leave. Only Linux has a priority for each thread; elsewhere it would be that of the process.
 */
export function yieldProcessor(): void {
  if (platform !== 'linux') return;
  try {
    setPriority(0, LOWER);
  } catch {
    // A sandbox may forbid it; then threads are equal.
  }
}
