import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { savings, type Savings } from '#html-report/charts/savings.ts';
import { comparePolicies } from '#html-report/text/compare-policies.ts';
import {
  formatDifference,
  formatName,
  formatNumber,
  formatWhole,
} from '#html-report/text/format.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';

/** "1,234 (−12.3%)". A negative number has a minus sign. */
function withShare(saved: number, whole: number, format: (value: number) => string): string {
  const share = whole > 0 ? ` (${formatDifference(saved / whole)})` : '';
  return `${signed(saved, format)}${share}`;
}

function signed(value: number | null, format: (value: number) => string): string {
  if (value === null) return '–';
  return value < 0 ? `−${format(-value)}` : format(value);
}

function columns(pricePerHour: number | undefined): readonly Column<Savings>[] {
  const money = (head: string, hours: (row: Savings) => number | null): Column<Savings>[] =>
    pricePerHour === undefined
      ? []
      : [
          {
            head,
            kind: 'number',
            cell: (row) => {
              const saved = hours(row);
              return signed(saved === null ? null : saved * pricePerHour, formatWhole);
            },
          },
        ];
  return [
    { head: 'Against', cell: ({ against }) => formatName(against.name) },
    {
      head: 'Instance-hours saved',
      kind: 'number',
      cell: ({ hours, against }) => withShare(hours, against.instanceHours, formatWhole),
    },
    ...money('Money saved', ({ hours }) => hours),
    {
      head: 'Shortage avoided, instance-hours',
      kind: 'number',
      cell: (row) => withShare(row.unservedHours, row.against.unservedHours, formatNumber),
    },
    {
      head: 'Hours saved at its shortage',
      kind: 'number',
      cell: ({ hoursAtItsShortage: saved, against }) =>
        saved === null ? '–' : withShare(saved, against.instanceHours, formatWhole),
    },
    ...money('Money saved at its shortage', ({ hoursAtItsShortage }) => hoursAtItsShortage),
    {
      head: 'Shortage avoided at its cost',
      kind: 'number',
      cell: ({ shareAtItsCost }) => formatDifference(shareAtItsCost),
    },
  ];
}

/**
 * Savings of the report's subject against every other policy: in instance-hours, in money if a
 * price is given, and in shortage. Null if there is no other policy.
 */
export function renderSavings(result: ReplayResult, pricePerHour: number | undefined): Html | null {
  const rows = savings(result);
  const compared = comparePolicies(result.policies);
  if (compared === null || rows.length === 0) return null;
  const { subject, baseline } = compared;
  const price =
    pricePerHour === undefined
      ? 'With --price, the price of an instance-hour, the same in money.'
      : `One instance-hour costs ${formatNumber(pricePerHour)}; ${formatName(subject.name)} costs ${formatWhole(subject.instanceHours * pricePerHour)} in all.`;
  return html`<h3>Saved, and shortage avoided</h3>
    <p class="quiet">
      What ${formatName(subject.name)} saves against each of the others over the evaluated steps.
      Minus: it costs more, or leaves more unserved. The last columns compare at equal shortage and
      at equal cost, between the settings of ${formatName(subject.name)}; a dash: none of them is as
      good or as cheap. ${price}
    </p>
    ${renderTable({
      caption: `${formatName(subject.name)} against every other policy`,
      columns: columns(pricePerHour),
      rows,
      emphasized: ({ against }) => against === baseline,
    })}`;
}
