import { StoreError } from '#adapters/local/store/store-error.ts';
import type { FootprintPoint } from '#core/domain/footprint.ts';
import { withStore } from '#cli/store/with-store.ts';

/** What is kept in memory at most while somebody else has the store: a week of minutes. */
const KEPT_POINTS = 10_080;

/**
 * Stores points and gives the store back at once, so that other commands can use it in between. Points that come while
 * somebody else has it wait for the next call.
 * @returns how many points wait. The first call throws if the store cannot be had.
 */
export function createKeeper(
  directory: string,
  applicationId: string,
): (points: readonly FootprintPoint[]) => Promise<number> {
  const never = new AbortController().signal;
  let waiting: FootprintPoint[] = [];
  let isFirst = true;
  return async (points) => {
    waiting = [...waiting, ...points].slice(-KEPT_POINTS);
    try {
      await withStore({ directory, signal: never }, ({ history }) =>
        history.append([{ applicationId, applicationType: null, points: waiting }]),
      );
      waiting = [];
    } catch (error) {
      const isBusy = error instanceof StoreError && error.fault === 'locked';
      if (isFirst || !isBusy) throw error;
    }
    isFirst = false;
    return waiting.length;
  };
}
