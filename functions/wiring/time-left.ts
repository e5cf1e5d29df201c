import type { Context } from 'aws-lambda';
import { killSwitch } from './switch.ts';

/**
 * Whether a run may begin another piece of work: as long as the invocation has more time left than the piece may take,
 * and the kill switch says "run". What is left over is for the next run.
 */
export function timeLeft(context: Context, reserveMs: number): () => Promise<boolean> {
  return async () => context.getRemainingTimeInMillis() > reserveMs && (await killSwitch.mayAct());
}
