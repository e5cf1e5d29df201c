const HOUR = 3600;
/**
 * Number of cached offsets, one per time zone and hour. Computing an offset takes longer than
 * scoring a point.
 */
const REMEMBERED = 256;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/**
 * Local time at an instant, in seconds like Unix seconds. Seasons follow local time, so that a day
 * with a daylight-saving change keeps the daily pattern.
 * @throws RangeError for an unknown time zone.
 */
export function localSeconds(atSeconds: number, timeZone: string): number {
  if (timeZone === 'UTC') return atSeconds;
  const hour = Math.floor(atSeconds / HOUR);
  const key = `${timeZone} ${hour}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = offsetSeconds(hour * HOUR, timeZone);
    if (offsets.size >= REMEMBERED) offsets.clear();
    offsets.set(key, offset);
  }
  return atSeconds + offset;
}

/**
 * The instant of a local time. Of the hour that comes twice in autumn it is the first or the second;
 * a time of the hour that is skipped in spring is one next to it.
 * @throws RangeError for an unknown time zone.
 */
export function instantOf(local: number, timeZone: string): number {
  const guess = local - (localSeconds(local, timeZone) - local);
  return local - (localSeconds(guess, timeZone) - guess);
}

function offsetSeconds(atSeconds: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(atSeconds * 1000)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute) / 1000 - atSeconds;
}
