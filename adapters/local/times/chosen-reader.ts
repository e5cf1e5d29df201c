import { isInCalendar } from './calendar-range.ts';
import { isoSeconds, parseIsoTime } from './iso-time.ts';
import { namedZone, type NamedZone } from './named-zone.ts';
import { instants, type TimeReader } from './time-reader.ts';

/** Where times that are numbers count from. */
export interface Epoch {
  readonly unixSeconds: number;
  /** Units of a number in a second: 1, 1e3, 1e6 or 1e9. */
  readonly perSecond: number;
}

/** What the user says of a file's times. */
export interface TimeOptions {
  readonly epoch: Epoch | null;
  /** Name of the zone of wall times; UTC if null. */
  readonly timeZone: string | null;
  /** Where it is marked which of them is used. */
  readonly use?: { mark(option: 'epoch' | 'timeZone'): void };
}

/**
 * How to read a column of instants with this first value: numbers from an epoch, wall times of a
 * zone, or as `instants` does.
 */
export function chosenReader(
  first: string | null,
  { epoch, timeZone, use }: TimeOptions,
): TimeReader {
  use?.mark('epoch');
  if (epoch !== null) return epochReader(epoch);
  const zone = timeZone === null ? null : namedZone(timeZone);
  return zone === null || parseIsoTime(first ?? '') === null
    ? instants(first)
    : wallReader(zone, () => use?.mark('timeZone'));
}

function epochReader({ unixSeconds, perSecond }: Epoch): TimeReader {
  return {
    kind: 'time',
    read(text) {
      const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) / perSecond : NaN;
      return isInCalendar(unixSeconds + value) ? unixSeconds + value : NaN;
    },
    problem: (quoted) => `${quoted} is not a number of ${UNITS[perSecond]} since the epoch`,
  };
}

const UNITS: Readonly<Record<number, string>> = {
  1: 'seconds',
  1e3: 'milliseconds',
  1e6: 'microseconds',
  1e9: 'nanoseconds',
};

const HOUR = 3600;

/**
 * Reads wall times. Where the clocks are put back, a wall time stands for two instants: the one
 * that goes on in the direction of the rows is taken.
 */
function wallReader(zone: NamedZone, mark: () => void): TimeReader {
  let [last, isFalling] = [NaN, false];
  return {
    kind: 'time',
    read(text) {
      const time = parseIsoTime(text);
      if (time === null) return NaN;
      if (time.zoneText !== '') return isoSeconds(text);
      mark();
      const both = instantsOf(zone, time.localSeconds);
      const onward = both.filter((one) => (isFalling ? one <= last : one >= last));
      const seconds = (isFalling ? onward.at(-1) : onward[0]) ?? both[0];
      if (both[0] === both[1] && seconds !== last) isFalling = seconds < last;
      last = seconds;
      return seconds;
    },
    problem: (quoted) => `${quoted} is not a time (ISO 8601, for example 2026-01-31T12:00:00)`,
  };
}

/** The earlier and the later instant of a wall time; equal outside of the hour that comes twice. */
function instantsOf(zone: NamedZone, local: number): readonly [number, number] {
  const first = zone.instantOf(local);
  for (const shift of [HOUR / 2, HOUR, 2 * HOUR]) {
    if (first + shift + zone.offsetAt(first + shift) === local) return [first, first + shift];
  }
  return [first, first];
}
