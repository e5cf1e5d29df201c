import type { SeriesFile } from './series-file.ts';

/**
 * Formats a `ds` that is not in the file, for example of a forecast, like the first `ds` of the
 * file.
 */
export function formatDs({ dsKind, dsText }: SeriesFile, ds: number): string {
  if (dsKind === 'integer') return String(ds);
  const model = dsText[0] ?? '';
  // 2026-01-31T12:00:00.000Z
  const iso = new Date(ds * 1000).toISOString();
  const hasTime = model.length > 10;
  if (!hasTime && ds % 86_400 === 0) return iso.slice(0, 10);
  const seconds = iso.slice(11, ds % 1 === 0 ? 19 : 23);
  const zone = /(Z|[+-]\d\d(:?\d\d)?)$/.test(model.slice(11)) ? 'Z' : '';
  return `${iso.slice(0, 10)}${model[10] === ' ' ? ' ' : 'T'}${seconds}${zone}`;
}
