import { StoreError, type StoreFault } from '#adapters/local/store/store-error.ts';
import { withStore } from '#cli/store/with-store.ts';
import type { FootprintPoint } from '#core/domain/footprint.ts';

/** Most points kept in memory while another process has the store: a week of minutes. */
const MAX_WAITING_POINTS = 10_080;

/** Another process ends, and a disk is emptied. */
const PASSING: readonly StoreFault[] = ['locked', 'full'];

/**
 * Returns a function that stores points and releases the store at once, so that other commands can
 * use it in between. If another process has the store, or the disk is full, the points wait for the
 * next call.
 * @returns a function that returns the number of waiting points. Its first call throws if the store
 * cannot be opened.
 */
export function createKeeper(
  directory: string,
  applicationId: string,
): (points: readonly FootprintPoint[]) => Promise<number> {
  const never = new AbortController().signal;
  let waiting: FootprintPoint[] = [];
  let isFirst = true;
  return async (points) => {
    waiting = [...waiting, ...points].slice(-MAX_WAITING_POINTS);
    try {
      await withStore({ directory, signal: never }, ({ history }) =>
        history.append([{ applicationId, applicationType: null, points: waiting }]),
      );
      waiting = [];
    } catch (error) {
      const mayPass = error instanceof StoreError && PASSING.includes(error.fault);
      if (isFirst || !mayPass) throw error;
    }
    isFirst = false;
    return waiting.length;
  };
}
