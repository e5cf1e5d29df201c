/** Expected load at an instant (Unix seconds, UTC); 1 is the usual peak. Never negative. */
export type LoadShape = (seconds: number) => number;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Hour of the day in [0, 24) at an offset from UTC in hours. */
export function hourOfDay(seconds: number, offsetHours = 0): number {
  const local = seconds + offsetHours * HOUR;
  return (((local % DAY) + DAY) % DAY) / HOUR;
}

/**
 * Day of the week at an offset from UTC in hours, 0 = Monday … 6 = Sunday (1 January 1970 was a
 * Thursday).
 */
export function dayOfWeek(seconds: number, offsetHours = 0): number {
  const days = Math.floor((seconds + offsetHours * HOUR) / DAY);
  return (((days + 3) % 7) + 7) % 7;
}

/**
 * Smooth hump around an hour of the day: 1 at the hour, 0 half a day away; a larger power makes it
 * narrower.
 */
export function dayHump(hour: number, peakHour: number, power: number): number {
  return ((1 + Math.cos(((hour - peakHour) / 12) * Math.PI)) / 2) ** power;
}

export interface WebShape {
  /** Local time minus UTC, in hours. */
  readonly offsetHours: number;
  /** Local hour of the main peak and of a smaller second one. */
  readonly peakHour: number;
  readonly secondHour: number;
  /** Height of the second peak ÷ the main one. */
  readonly secondShare: number;
  /** Load at night ÷ load at the peak. */
  readonly nightShare: number;
  /** Load on Saturday and Sunday ÷ load on a weekday. */
  readonly weekendShare: number;
}

/** Load caused by people: two peaks a day, another level at weekends. */
export function webShape(shape: WebShape): LoadShape {
  return (seconds) => {
    const hour = hourOfDay(seconds, shape.offsetHours);
    const main = dayHump(hour, shape.peakHour, 2);
    const second = shape.secondShare * dayHump(hour, shape.secondHour, 3);
    const weekend = dayOfWeek(seconds, shape.offsetHours) >= 5 ? shape.weekendShare : 1;
    return weekend * (shape.nightShare + (1 - shape.nightShare) * Math.max(main, second));
  };
}

export interface BatchShape {
  /** UTC hours at which a run starts. */
  readonly startHours: readonly number[];
  readonly lengthHours: number;
  /** Days of the week with runs, 0 = Monday. */
  readonly days: readonly number[];
  /** Load between the runs ÷ load during a run. */
  readonly idleShare: number;
}

/**
 * Batch runs at fixed hours: full load within a window, almost none outside, a short ramp at both
 * ends.
 */
export function batchShape(shape: BatchShape): LoadShape {
  const rampHours = 0.25;
  const within = (hour: number, start: number): number =>
    Math.min(1, (hour - start) / rampHours, (start + shape.lengthHours - hour) / rampHours);
  return (seconds) => {
    if (!shape.days.includes(dayOfWeek(seconds))) return shape.idleShare;
    const hour = hourOfDay(seconds);
    const load = Math.max(...shape.startHours.map((start) => within(hour, start)), 0);
    return shape.idleShare + (1 - shape.idleShare) * load;
  };
}

/** A shape that changes evenly from `from` to `to` between two instants. */
export function driftingShape(
  from: LoadShape,
  to: LoadShape,
  span: { readonly fromSeconds: number; readonly toSeconds: number },
): LoadShape {
  return (seconds) => {
    const share = (seconds - span.fromSeconds) / (span.toSeconds - span.fromSeconds);
    const weight = Math.min(1, Math.max(0, share));
    return (1 - weight) * from(seconds) + weight * to(seconds);
  };
}

/** Grows evenly by `perDay`, a share of the load at the start, from an instant on. */
export function growingShape(shape: LoadShape, fromSeconds: number, perDay: number): LoadShape {
  return (seconds) => shape(seconds) * (1 + (perDay * Math.max(0, seconds - fromSeconds)) / DAY);
}
