import { timeWriter } from '#adapters/local/times/time-writer.ts';
import type { DsKind } from './series-file.ts';

/** Returns a function that writes a `ds`, for example of a forecast, in the format of `model`. */
export function dsWriter(dsKind: DsKind, model: string): (ds: number) => string {
  return dsKind === 'integer' ? String : timeWriter(model);
}
