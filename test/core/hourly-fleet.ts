import { perResource, type FootprintWindow } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';

const HOUR = 3600;
export const MONDAY = Date.UTC(2024, 0, 1) / 1000;

/** Settings on an hourly step with CPU only: everything happens, quickly. */
export const HOURLY: Settings = {
  ...DEFAULT_SETTINGS,
  stepSeconds: HOUR,
  resources: ['cpu'],
  training: { ...DEFAULT_SETTINGS.training, context: 168, horizon: 24, origins: 6 },
  allocation: { ...DEFAULT_SETTINGS.allocation, warmUpSeconds: 2 * HOUR },
};

/** An hourly window with the given CPU values and nothing else measured. */
export function cpuWindow(cpu: Float64Array): FootprintWindow {
  return {
    startSeconds: MONDAY,
    stepSeconds: HOUR,
    values: perResource((resource) =>
      resource === 'cpu' ? cpu : new Float64Array(cpu.length).fill(NaN),
    ),
  };
}

/**
 * A day shape with a wobble that repeats nowhere: `days` days of hourly CPU around `level` cores.
 */
export function dailyCpu(days: number, level = 10, phase = 0): Float64Array {
  return Float64Array.from({ length: days * 24 }, (_, hour) => {
    const day = 1 + 0.6 * Math.sin((2 * Math.PI * (hour + phase)) / 24);
    const wobble = 1 + 0.15 * Math.sin(hour * 1.618 + phase) * Math.cos(hour * 0.377);
    return level * day * wobble;
  });
}
