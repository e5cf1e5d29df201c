const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** An amount as Kubernetes writes it: 4, 4000m, 16Gi. Null for anything else. */
export function readAmount(text: string): number | null {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)(|m|k|[KMGT]i?)$/.exec(text.trim()) ?? [];
  const value = number === '' ? NaN : Number(number) * (UNITS[unit] ?? NaN);
  return Number.isFinite(value) ? value : null;
}
