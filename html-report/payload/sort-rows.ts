import type { FleetRow } from './chart-data.ts';

/** Rows of a page of the table: more would make a long table slow to scroll and to lay out. */
export const PAGE_ROWS = 50;

export type OrderKey = 'name' | 'service' | 'hours' | 'short' | 'unserved' | 'incidents' | 'advice';

export interface Order {
  readonly key: OrderKey;
  readonly descending: boolean;
}

const NAMES = new Intl.Collator('en', { numeric: true });

/** What a row is ordered by; a position in `values`, or a rank of words. */
const VALUE_OF: Readonly<Record<OrderKey, (row: FleetRow) => string | number | null | undefined>> =
  {
    name: ({ values }) => values[0],
    service: ({ ranks }) => ranks[0],
    hours: ({ values }) => values[6],
    short: ({ values }) => values[7],
    unserved: ({ values }) => values[9],
    incidents: ({ values }) => values[11],
    advice: ({ ranks }) => ranks[1],
  };

/** The rows in an order; those without a value last, equal ones by name. */
export function sortRows(rows: readonly FleetRow[], { key, descending }: Order): FleetRow[] {
  const direction = descending ? -1 : 1;
  const byName = (a: FleetRow, b: FleetRow) =>
    NAMES.compare(String(a.values[0]), String(b.values[0]));
  return [...rows].sort((a, b) => {
    const [left, right] = [VALUE_OF[key](a), VALUE_OF[key](b)];
    if (typeof left === 'number' && typeof right === 'number') {
      return direction * (left - right) || byName(a, b);
    }
    if (typeof left === 'number') return -1;
    if (typeof right === 'number') return 1;
    return direction * byName(a, b);
  });
}
