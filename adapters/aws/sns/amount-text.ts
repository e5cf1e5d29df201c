import type { Resource } from '#core/footprint.ts';

const BINARY: readonly (readonly [number, string])[] = [
  [2 ** 40, 'TiB'],
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
];

/** An amount as people write it, in three significant digits: "2.5 cores", "1.86 GiB", "750 KiB/s". */
export function amountText(resource: Resource, amount: number): string {
  if (resource === 'cpu') return `${digits(amount)} cores`;
  const perSecond = resource === 'memory' ? '' : '/s';
  const [size, unit] = BINARY.find(([least]) => amount >= least) ?? [1, 'B'];
  return `${digits(amount / size)} ${unit}${perSecond}`;
}

function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
