const DAY = 86_400;

/** A named time zone, for example Europe/Berlin. */
export interface NamedZone {
  /** Seconds ahead of UTC at an instant. */
  offsetAt(unixSeconds: number): number;
  /**
   * The instant of a local time (seconds as if it were UTC). If the clocks are put back over it,
   * the earlier of the two instants; if they are put forward over it, the instant that is the same
   * time after the change.
   */
  instantOf(localSeconds: number): number;
}

const zones = new Map<string, NamedZone | null>();

/** The zone of a name in the runtime's time zone database; null if it does not exist. */
export function namedZone(name: string): NamedZone | null {
  let zone = zones.get(name);
  if (zone === undefined) zones.set(name, (zone = openZone(name)));
  return zone;
}

function openZone(name: string): NamedZone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
  const exactly = (seconds: number) => offsetOf(format.format(seconds * 1000));
  // Formatting is slow, and most days have a single offset.
  const ofDay = new Map<number, number>();
  const offsetAt = (seconds: number): number => {
    const day = Math.floor(seconds / DAY);
    let offset = ofDay.get(day);
    if (offset === undefined) {
      const [first, last] = [exactly(day * DAY), exactly((day + 1) * DAY - 1)];
      ofDay.set(day, (offset = first === last ? first : NaN));
    }
    return Number.isNaN(offset) ? exactly(seconds) : offset;
  };
  const instantOf = (local: number): number => {
    const [before, after] = [offsetAt(local - DAY), offsetAt(local + DAY)];
    if (before === after) return local - before;
    const later = local - after;
    if (offsetAt(local - before) !== before && offsetAt(later) === after) return later;
    return local - before;
  };
  return { offsetAt, instantOf };
}

/** Parses the seconds of `…, GMT+01:00`; `GMT` alone is 0. */
function offsetOf(text: string): number {
  const parts = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = parts ?? [];
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}
