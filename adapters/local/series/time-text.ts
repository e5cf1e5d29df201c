const DAY = 86_400;

/**
 * A format for instants of the years 0000 to 9999 in UTC to the second, as a function and as a
 * DuckDB format.
 */
export interface TimeText {
  readonly format: string;
  readonly length: number;
  text(seconds: number): string;
}

/** The format of a text, null if the text has other parts, for example a fraction or an offset. */
export function timeTextLike(model: string): TimeText | null {
  const parts = /^\d{4}-\d\d-\d\d([ T])\d\d:\d\d:\d\d(Z?)$/.exec(model);
  return parts && timeText(parts[1]!, parts[2]!);
}

/** Many rows share a date or a time of day, so both are cached. */
function timeText(separator: string, zone: string): TimeText {
  const times: string[] = [];
  let [day, date] = [NaN, ''];
  return {
    format: `%Y-%m-%d${separator}%H:%M:%S${zone}`,
    length: 19 + zone.length,
    text(seconds) {
      const own = Math.floor(seconds / DAY);
      if (own !== day) {
        day = own;
        date = new Date(own * DAY * 1000).toISOString().slice(0, 10) + separator;
      }
      const rest = Math.floor(seconds - own * DAY);
      times[rest] ??= new Date(rest * 1000).toISOString().slice(11, 19) + zone;
      return date + times[rest];
    },
  };
}
