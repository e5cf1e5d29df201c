import { ownValue } from '#core/text/own-value.ts';
import { BYTE_FACTORS } from './byte-factors.ts';

/** Words that tools write for "not measured". */
const MISSING = /^(|-|nan|null|nil|none|n\/a|na|undefined|unknown)$/i;

export function isMissing(text: string): boolean {
  return MISSING.test(text);
}

/** A number as tools write it: NaN if nothing was measured, null if it is no finite number ≥ 0. */
export function plainAmount(text: string): number | null {
  const trimmed = text.trim();
  if (isMissing(trimmed) || /^[+-]?inf(inity)?$/i.test(trimmed)) return NaN;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

/** A value with the unit that stands behind it. */
export interface AmountCell {
  readonly value: number;
  /** `exact` if the unit was converted, `percent`, or null without a unit. */
  readonly scale: 'exact' | 'percent' | null;
}

const FACTORS: Readonly<Record<string, number>> = {
  ...BYTE_FACTORS,
  b: 1 / 8,
  kb: 1e3 / 8,
  Mb: 1e6 / 8,
  Gb: 1e9 / 8,
  m: 1e-3,
  milli: 1e-3,
  µ: 1e-6,
  n: 1e-9,
  cores: 1,
  core: 1,
  K: 1e3,
  Mil: 1e6,
};

const AMOUNT = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([A-Za-zµ%]*?)(?:\/s|ps)?$/i;

/**
 * A cell such as `3.71 GiB`, `250 m`, `12 %`, `1.2 MB/s`, `0.5`.
 * @returns null if it is none.
 */
export function amountCell(text: string): AmountCell | null {
  const trimmed = text.trim();
  if (isMissing(trimmed)) return { value: NaN, scale: null };
  const [, number, unit = ''] = AMOUNT.exec(trimmed) ?? [];
  if (number === undefined) return null;
  if (unit === '') return { value: Number(number), scale: null };
  if (unit === '%') return { value: Number(number), scale: 'percent' };
  const factor = ownValue(FACTORS, unit);
  return factor === undefined ? null : { value: Number(number) * factor, scale: 'exact' };
}
