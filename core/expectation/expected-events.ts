import type { Resource } from '#core/domain/footprint.ts';
import { instantOf } from '#core/domain/local-time.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import type { LikeDay, Moment } from '#core/domain/settings/expect-settings.ts';
import type { Expectation, Settings } from '#core/domain/settings/settings.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';

/** Something that is known beforehand of one application; null is what nobody said. */
export interface ExpectedEvent extends TimeRange {
  readonly name: string;
  readonly times: number | null;
  /** Null: all. */
  readonly resources: readonly Resource[] | null;
  /** Instances. */
  readonly atLeast: number | null;
  readonly like: LikeDay;
}

/** Whether an event is expected to be like another day. */
export function isAlike({ like }: Pick<ExpectedEvent, 'like'>): boolean {
  return like.weekday !== null || like.day !== null;
}

export interface ExpectedOf {
  readonly applicationId: string;
  /** What became known later is not told. */
  readonly knownAtSeconds: number;
}

export type ExpectSettings = Pick<Settings, 'expect' | 'detection'>;

/** Widest distance of a zone's clock from UTC. */
const MOST_OFFSET_SECONDS = 15 * 3600;

/**
 * Events of an application that overlap a range, in the order of the entries.
 * @throws RangeError for holidays that were not looked up.
 */
export function expectedEvents(
  settings: ExpectSettings,
  { applicationId, knownAtSeconds }: ExpectedOf,
  { fromSeconds, toSeconds }: TimeRange,
): readonly ExpectedEvent[] {
  const found: ExpectedEvent[] = [];
  for (const entry of settings.expect) {
    if (entry.applications !== null && !entry.applications.includes(applicationId)) continue;
    if (entry.holidays !== null) {
      throw new RangeError(`${entry.name}: holidays of ${entry.holidays} were not looked up`);
    }
    const zone = entry.timeZone ?? timeZoneOf(applicationId, settings.detection);
    const at = ({ seconds, isLocal }: Moment) => (isLocal ? instantOf(seconds, zone) : seconds);
    if (entry.knownFrom !== null && at(entry.knownFrom) > knownAtSeconds) continue;
    for (const { from, to } of entry.spans) {
      const isFar =
        from.seconds - MOST_OFFSET_SECONDS >= toSeconds ||
        to.seconds + MOST_OFFSET_SECONDS <= fromSeconds;
      if (isFar) continue;
      const event = eventOf(entry, { fromSeconds: at(from), toSeconds: at(to) });
      if (event.fromSeconds < toSeconds && event.toSeconds > fromSeconds) found.push(event);
    }
  }
  return found;
}

function eventOf(
  { name, times, resources, atLeast, like }: Expectation,
  range: TimeRange,
): ExpectedEvent {
  return { ...range, name, times, resources, atLeast, like };
}
