import type { RawModel } from './forecast-model.ts';

/**
 * A forecast that is prepared when it is asked for the first time: a decision asks for few steps,
 * and to prepare the whole horizon takes time and memory.
 */
export function whenAsked(prepare: () => RawModel['forecastInto']): RawModel['forecastInto'] {
  let prepared: RawModel['forecastInto'] | null = null;
  return (history, originSeconds, out) => {
    prepared ??= prepare();
    prepared(history, originSeconds, out);
  };
}
