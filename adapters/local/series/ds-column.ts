import type { OutputColumn } from '#adapters/local/tables/table-writer.ts';
import { parseIsoTime } from '#adapters/local/times/iso-time.ts';
import { isNumber } from '#adapters/local/times/number-time.ts';
import type { DsKind } from './series-file.ts';

/**
 * Type of output columns that contain a `ds` in the input's format.
 * @param first first `ds` of the input; null if its column is typed.
 */
export function dsColumnType(dsKind: DsKind, first: string | null): OutputColumn['type'] {
  if (dsKind === 'integer') return 'number';
  if (first === null) return 'time';
  if (isNumber(first)) return /^\d+$/.test(first) ? 'integer' : 'number';
  const parsed = parseIsoTime(first);
  // Only text preserves a zone and digits below a microsecond.
  const isPlain = parsed === null || /^Z?$/.test(parsed.zoneText.trim());
  return isPlain && (parsed?.fractionDigits ?? 0) <= 6 ? 'time' : 'text';
}
