import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { savings, type Savings } from '#html-report/charts/savings.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';
import { comparePolicies } from '#html-report/text/compare-policies.ts';
import {
  formatChange,
  formatDifference,
  formatMoney,
  formatName,
  formatNumber,
  formatWhole,
} from '#html-report/text/format.ts';
import type { Price } from '#html-report/text/monthly.ts';

/** "−1,234 (−12.3%)": a change, and its share of what it is a change of. */
function withShare(change: number, whole: number, format: (value: number) => string): string {
  const share = whole > 0 ? ` (${formatDifference(change / whole)})` : '';
  return `${formatChange(change, format)}${share}`;
}

const negative = (value: number | null): number | null => (value === null ? null : -value);

function columns(price: Price | null): readonly Column<Savings>[] {
  const money = (head: string, hours: (row: Savings) => number | null): Column<Savings>[] => {
    if (price === null) return [];
    const format = (value: number) => formatMoney(value, price.currency);
    const cost = (saved: number | null) => (saved === null ? null : -saved * price.perHour);
    return [{ head, kind: 'number', cell: (row) => formatChange(cost(hours(row)), format) }];
  };
  return [
    { head: 'Against', cell: ({ against }) => formatName(against.name) },
    {
      head: 'Instance-hours',
      kind: 'number',
      cell: ({ hours, against }) => withShare(-hours, against.instanceHours, formatWhole),
    },
    ...money('Cost', ({ hours }) => hours),
    {
      head: 'Unserved, instance-hours',
      kind: 'number',
      cell: (row) => withShare(-row.unservedHours, row.against.unservedHours, formatNumber),
    },
    {
      head: 'Hours at its shortage',
      kind: 'number',
      cell: ({ hoursAtItsShortage: saved, against }) =>
        saved === null ? '–' : withShare(-saved, against.instanceHours, formatWhole),
    },
    ...money('Cost at its shortage', ({ hoursAtItsShortage }) => hoursAtItsShortage),
    {
      head: 'Unserved at its cost',
      kind: 'number',
      cell: ({ shareAtItsCost }) => formatDifference(negative(shareAtItsCost)),
    },
  ];
}

/**
 * The report's subject against every other policy: in instance-hours, in money if a price is given,
 * and in shortage; a minus is less. Null if there is no other policy.
 */
export function renderSavings(result: ReplayResult, price: Price | null): Html | null {
  const rows = savings(result);
  const compared = comparePolicies(result.policies);
  if (compared === null || rows.length === 0) return null;
  const { subject, baseline } = compared;
  const name = formatName(subject.name);
  const total =
    price === null
      ? ''
      : ` One instance-hour costs ${formatMoney(price.perHour, price.currency)}; ${name} costs ${formatMoney(subject.instanceHours * price.perHour, price.currency)} in all.`;
  return html`<p class="quiet">
      What ${name} needs more or less than each of the others over the evaluated steps; a minus is
      less. The last columns compare at equal shortage and at equal cost, between the settings of
      ${name}; a dash: none of them is as good or as cheap.${total}
    </p>
    ${renderTable({
      caption: `${name} against every other policy`,
      columns: columns(price),
      rows,
      emphasized: ({ against }) => against === baseline,
    })}`;
}
