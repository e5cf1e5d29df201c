import type { FootprintWindow } from '#core/domain/footprint.ts';
import { instantOf } from '#core/domain/local-time.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import { COMPARED_SECONDS } from './compared-time.ts';
import type { ExpectedEvent } from './expected-events.ts';

const DAY_SECONDS = 86_400;

/**
 * What was measured on the past days that events are like and in the weeks before them, by day. A
 * day may be a year ago, so each has a window of its own.
 * @param past nothing is read from `toSeconds` on.
 */
export async function readPastDays(
  store: Pick<HistoryStore, 'read'>,
  past: {
    readonly applicationId: string;
    readonly stepSeconds: number;
    readonly toSeconds: number;
  },
  { events, timeZone }: { readonly events: readonly ExpectedEvent[]; readonly timeZone: string },
): Promise<ReadonlyMap<number, FootprintWindow>> {
  const { applicationId, stepSeconds } = past;
  const days = new Set(events.flatMap(({ like }) => like.day ?? []));
  const windows = await Promise.all(
    [...days].map(async (day) => {
      const over = Math.min(past.toSeconds, instantOf((day + 1) * DAY_SECONDS, timeZone));
      const toSeconds = Math.ceil(over / stepSeconds) * stepSeconds;
      const steps = Math.ceil((COMPARED_SECONDS + DAY_SECONDS) / stepSeconds);
      const range = { fromSeconds: toSeconds - steps * stepSeconds, toSeconds };
      return [day, await store.read(applicationId, range, stepSeconds)] as const;
    }),
  );
  return new Map(windows);
}
