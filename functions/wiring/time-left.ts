import type { Context } from 'aws-lambda';
import { killSwitch } from './switch.ts';

/**
 * Returns a function that tells whether a run may start another item: the invocation's remaining
 * time must exceed `reserveMs`, and the kill switch must be "run". The next run handles the
 * remaining items.
 */
export function timeLeft(context: Context, reserveMs: number): () => Promise<boolean> {
  return async () => context.getRemainingTimeInMillis() > reserveMs && (await killSwitch.mayAct());
}
