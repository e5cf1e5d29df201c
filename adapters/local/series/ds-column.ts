import type { OutputColumn } from '#adapters/local/tables/table-writer.ts';
import { isIsoMonth } from '#adapters/local/times/iso-month.ts';
import { parseIsoTime } from '#adapters/local/times/iso-time.ts';
import { isNumber } from '#adapters/local/times/number-time.ts';
import type { DsKind } from './series-file.ts';

/**
 * Type of output columns that contain a `ds` in the input's format.
 * @param first first `ds` of the input; null if it is empty.
 */
export function dsColumnType(dsKind: DsKind, first: string | null): OutputColumn['type'] {
  if (dsKind === 'integer') return 'number';
  if (first === null) return 'time';
  if (isNumber(first)) return /^\d+$/.test(first) ? 'integer' : 'number';
  if (isIsoMonth(first)) return 'text';
  const parsed = parseIsoTime(first);
  // Only text preserves a zone and digits below a microsecond.
  if (parsed === null) return 'time';
  if (parsed.fractionDigits > 6) return 'text';
  const zone = parsed.zoneText.trim();
  if (zone === 'Z') return 'instant';
  return zone === '' ? 'time' : 'text';
}
