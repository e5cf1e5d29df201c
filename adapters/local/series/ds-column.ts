import type { OutputColumn } from '#adapters/local/tables/table-writer.ts';
import { isNumber } from '#adapters/local/times/number-time.ts';
import { parseIsoTime } from '#adapters/local/times/iso-time.ts';
import type { DsKind } from './series-file.ts';

/**
 * Type of the columns that hold a `ds` as the input has it.
 * @param first `ds` of the input; null where it has a type.
 */
export function dsColumnType(dsKind: DsKind, first: string | null): OutputColumn['type'] {
  if (dsKind === 'integer') return 'number';
  if (first === null) return 'time';
  if (isNumber(first)) return /^\d+$/.test(first) ? 'integer' : 'number';
  const written = parseIsoTime(first);
  // Only text keeps a zone and digits below a microsecond.
  const isPlain = written === null || /^Z?$/.test(written.zoneText.trim());
  return isPlain && (written?.fractionDigits ?? 0) <= 6 ? 'time' : 'text';
}
