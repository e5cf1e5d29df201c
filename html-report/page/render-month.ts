import type { PolicySummary, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { comparePolicies } from '#html-report/text/compare-policies.ts';
import {
  formatChange,
  formatDifference,
  formatDuration,
  formatMoney,
  formatName,
  formatNumber,
  formatWhole,
} from '#html-report/text/format.ts';
import { perMonth, shortHoursPerMonth, type Price } from '#html-report/text/monthly.ts';

interface Measure {
  readonly title: string;
  readonly what: string;
  readonly value: (policy: PolicySummary) => number;
  readonly format: (value: number) => string;
}

function renderBar(policy: PolicySummary, { value, format }: Measure, largest: number): Html {
  const share = largest > 0 ? (100 * value(policy)) / largest : 0;
  return html`<div class="bar-row">
    <span class="bar-name">${formatName(policy.name)}</span>
    <span class="bar-track"><span class="bar-fill" style="width:${share.toFixed(1)}%"></span></span>
    <span class="bar-value">${format(value(policy))}</span>
  </div>`;
}

/** One large number: the change against today, and both values as bars on the same scale. */
function renderNumber(policies: readonly PolicySummary[], measure: Measure): Html {
  const [own, today] = policies.map(measure.value);
  const change = own === undefined || today === undefined ? null : own - today;
  const big = change === null ? measure.format(own ?? NaN) : formatChange(change, measure.format);
  const share = change === null || !today ? null : change / today;
  return html`<div class="big">
    <h3>${measure.title}</h3>
    <p class="big-number">${big}</p>
    <p class="quiet">
      ${measure.what}${share === null ? null : html`, <b class="nowrap">${formatDifference(share)}</b>`}
    </p>
    <div class="bars">
      ${policies.map((policy) => renderBar(policy, measure, Math.max(...policies.map(measure.value))))}
    </div>
  </div>`;
}

/** The three numbers of a month: what it costs, how long it is short, how often it scales. */
export function renderMonth(result: ReplayResult, price: Price | null): Html | null {
  const compared = comparePolicies(result.policies);
  if (compared === null) return null;
  const { subject, baseline } = compared;
  const { trace } = result;
  const policies = baseline === null ? [subject] : [subject, baseline];
  const measures: readonly Measure[] = [
    {
      title: 'Cost',
      what: price === null ? 'instance-hours a month' : 'a month for instances',
      value: ({ instanceHours }) => perMonth(instanceHours, trace) * (price?.perHour ?? 1),
      format: (value) => (price === null ? formatWhole(value) : formatMoney(value, price.currency)),
    },
    {
      title: 'Time short',
      what: 'a month, the average application',
      value: shortHoursPerMonth,
      format: (hours) => (hours === 0 ? '0 min' : formatDuration(hours * 3600)),
    },
    {
      title: 'Scaling actions',
      what: 'a month, the average application',
      value: ({ scalingActions }) => perMonth(scalingActions, trace) / trace.applications,
      format: formatNumber,
    },
  ];
  return html`<section id="month" aria-labelledby="month-heading">
    <h2 id="month-heading">A month</h2>
    <div class="bigs">${measures.map((measure) => renderNumber(policies, measure))}</div>
    ${
      price === null
        ? html`<p class="quiet">
            With <code>--price</code>, the price of an instance-hour, cost is in money.
          </p>`
        : html`<p class="quiet">
            An instance-hour costs ${formatMoney(price.perHour, price.currency)}.
          </p>`
    }
  </section>`;
}
