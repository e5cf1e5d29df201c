import { timeWriter } from '#adapters/local/times/time-writer.ts';
import type { DsKind } from './series-file.ts';

/**
 * Writes a `ds` that is not in the file, for example of a forecast, in the way one that is in it is
 * written.
 */
export function dsWriter(dsKind: DsKind, model: string): (ds: number) => string {
  return dsKind === 'integer' ? String : timeWriter(model);
}
