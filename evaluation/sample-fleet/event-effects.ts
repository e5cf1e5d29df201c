import type { LoadShape } from './load-shape.ts';
import { dayOfWeek } from './load-shape.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

interface Span {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** One day that follows the Sunday before it, hour by hour, in local time. */
export function holidayEffect(
  shape: LoadShape,
  holidaySeconds: number | null,
  offsetHours: number,
): LoadShape {
  if (holidaySeconds === null) return shape;
  const localMidnight = holidaySeconds - offsetHours * HOUR;
  const daysSinceSunday = dayOfWeek(holidaySeconds) + 1;
  return (seconds) =>
    seconds >= localMidnight && seconds < localMidnight + DAY
      ? shape(seconds - daysSinceSunday * DAY)
      : shape(seconds);
}

/** From the instant on, everything needs `factor` times as much: a new version that costs more. */
export function deployEffect(shape: LoadShape, atSeconds: number, factor: number): LoadShape {
  return (seconds) => (seconds >= atSeconds ? factor : 1) * shape(seconds);
}

/** A spike that rises within ten minutes and declines until the end of the span. */
export function spikeEffect(shape: LoadShape, span: Span, factor: number): LoadShape {
  const rise = 600;
  return (seconds) => {
    if (seconds < span.fromSeconds || seconds >= span.toSeconds) return shape(seconds);
    const rising = (seconds - span.fromSeconds) / rise;
    const ebbing = (span.toSeconds - seconds) / (span.toSeconds - span.fromSeconds - rise);
    const strength = Math.max(0, Math.min(1, rising, ebbing));
    return shape(seconds) * (1 + (factor - 1) * strength);
  };
}

/**
 * Bytes leaked since the last restart: a sawtooth with one restart per `restartSeconds` within the
 * span, otherwise 0.
 */
export function leakedBytes(
  seconds: number,
  leak: Span & { readonly restartSeconds: number; readonly bytesPerSecond: number },
): number {
  if (seconds < leak.fromSeconds || seconds >= leak.toSeconds) return 0;
  return ((seconds - leak.fromSeconds) % leak.restartSeconds) * leak.bytesPerSecond;
}
