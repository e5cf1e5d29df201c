import { perResource, type Resource } from '#core/domain/footprint.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import { expectedEvents, isAlike, type ExpectSettings } from './expected-events.ts';
import { factorsAhead } from './usual-history.ts';

/** A measured step of which something was known beforehand. */
export interface ExpectedStep {
  /** What was expected ÷ what is usual then. */
  readonly factors: Readonly<Record<Resource, number>>;
  /** Whether use ÷ factor is use like any other, which may be learned. */
  readonly isOrdinary: boolean;
  /** Whether it was said that more is needed, and not how much is used. */
  readonly isOpenEnded: boolean;
}

/** What was expected of a measured step; null where nothing was. */
export async function expectedStep(
  store: Pick<HistoryStore, 'read'>,
  step: {
    readonly applicationId: string;
    /** Start of the step. */
    readonly fromSeconds: number;
    readonly stepSeconds: number;
  },
  settings: ExpectSettings,
): Promise<ExpectedStep | null> {
  if (settings.expect.length === 0) return null;
  const { applicationId, fromSeconds, stepSeconds } = step;
  const range = { fromSeconds, toSeconds: fromSeconds + stepSeconds };
  const events = expectedEvents(settings, { applicationId, knownAtSeconds: fromSeconds }, range);
  if (events.length === 0) return null;
  const ahead = { applicationId, originSeconds: fromSeconds, stepSeconds, steps: 1 };
  const factors = await factorsAhead(store, ahead, settings);
  const isSaid = events.some((event) => event.times !== null || isAlike(event));
  return {
    factors: perResource((resource) => factors?.[resource][0] ?? 1),
    isOrdinary: isSaid && !events.some(isAlike),
    isOpenEnded: !isSaid,
  };
}
