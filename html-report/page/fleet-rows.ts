import { candidateName } from '#core/text/model-name.ts';
import type { ApplicationReplay, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { sparkline } from '#html-report/markup/sparkline.ts';
import type { FleetRow } from '#html-report/payload/chart-data.ts';
import { applicationLink } from '#html-report/text/application-link.ts';
import { comparePolicies } from '#html-report/text/compare-policies.ts';
import {
  formatChange,
  formatDuration,
  formatMoney,
  formatName,
  formatShare,
  formatWhole,
} from '#html-report/text/format.ts';
import { perMonth, shortHoursPerMonth, type Price } from '#html-report/text/monthly.ts';
import { adviceOf, severityOf, type Advice, type Severity } from '#html-report/text/verdicts.ts';

/** Columns of the exported table, in the order of a row's `values`. */
export const FLEET_COLUMNS = [
  'application_id',
  'application_type',
  'service',
  'cost',
  'instance_hours_a_month',
  'instance_hours_a_month_now',
  'instance_hours_change',
  'short_hours_a_month',
  'short_hours_a_month_now',
  'unserved_demand',
  'unserved_demand_now',
  'incidents',
  'advice',
] as const;

/** Ranks by which words are sorted: what needs attention first. */
const SEVERITY_RANK: Readonly<Record<Severity, number>> = {
  'much worse': 0,
  worse: 1,
  unknown: 2,
  same: 3,
  better: 4,
  'much better': 5,
};
const ADVICE_RANK: Readonly<Record<Advice, number>> = { leave: 0, plan: 1, full: 2 };

interface Figures {
  readonly hours: number;
  readonly hoursNow: number | null;
  readonly short: number;
  readonly shortNow: number | null;
  readonly unserved: number;
  readonly unservedNow: number | null;
}

function figuresOf({ policies }: ApplicationReplay, { trace }: ReplayResult): Figures {
  const compared = comparePolicies(policies);
  const { subject, baseline = null } = compared ?? {};
  return {
    hours: perMonth(subject?.instanceHours ?? NaN, trace),
    hoursNow: baseline && perMonth(baseline.instanceHours, trace),
    short: subject ? shortHoursPerMonth(subject) : NaN,
    shortNow: baseline && shortHoursPerMonth(baseline),
    unserved: subject?.unservedDemand ?? NaN,
    unservedNow: baseline && baseline.unservedDemand,
  };
}

function selectedModel(application: ApplicationReplay): string {
  const selected = Object.values(application.crossValidation)[0]?.find((score) => score.selected);
  return selected === undefined ? 'cluster or default' : formatName(candidateName(selected));
}

const now = (text: string | null): Html | null =>
  text === null ? null : html`<span class="now">now ${text}</span>`;

const shortTime = (hours: number) =>
  Number.isFinite(hours) ? (hours === 0 ? '0 min' : formatDuration(hours * 3600)) : '–';

export interface RowContext {
  readonly result: ReplayResult;
  readonly price: Price | null;
  /** Whether the section of the application is part of the report. */
  readonly detailed: boolean;
}

function renderRow(application: ApplicationReplay, position: number, context: RowContext): Html {
  const { result, price, detailed } = context;
  const { applicationId, applicationType, verdict, incidents, demand } = application;
  const figures = figuresOf(application, result);
  const severity = severityOf(application, result.trace.service.threshold);
  const advice = adviceOf(application);
  const kinds = [applicationType, selectedModel(application)].filter((word) => word !== null);
  const money = (hours: number) =>
    price === null ? formatWhole(hours) : formatMoney(hours * price.perHour, price.currency);
  const change = figures.hoursNow === null ? null : figures.hours - figures.hoursNow;
  return html`<tbody class="entry" data-position="${position}">
    <tr class="row">
      <th scope="row" class="c-name">
        <a
          class="opener"
          role="button"
          aria-expanded="false"
          href="${applicationLink(applicationId)}"
          >${applicationId}</a
        >
        <span class="kind">${kinds.join(' · ')}</span>
      </th>
      <td class="c-service">
        <span class="severity severity-${severity.split(' ').at(-1) ?? ''}">${severity}</span>
        <span class="now">${verdict === null ? '' : `${verdict.cost} cost`}</span>
      </td>
      <td class="c-week">${sparkline(demand, result.trace)}</td>
      <td class="c-hours number">
        ${formatChange(change, money)}${now(figures.hoursNow === null ? null : money(figures.hoursNow))}
      </td>
      <td class="c-short number">
        ${shortTime(figures.short)}${now(figures.shortNow === null ? null : shortTime(figures.shortNow))}
      </td>
      <td class="c-unserved number">
        ${formatShare(figures.unserved)}${now(figures.unservedNow === null ? null : formatShare(figures.unservedNow))}
      </td>
      <td class="c-incidents number">${formatWhole(incidents.length)}</td>
      <td class="c-advice">${advice === 'leave' ? 'leave' : html`<code>${advice}</code>`}</td>
    </tr>
    <tr class="detail" hidden>
      <td colspan="8">
        <div class="body" data-payload="${detailed ? `payload-${position}` : ''}"></div>
      </td>
    </tr>
  </tbody>`;
}

/** A row of the table of applications: its markup, and its values for sorting and exporting. */
export function fleetRow(
  application: ApplicationReplay,
  position: number,
  context: RowContext,
): FleetRow {
  const { applicationId, applicationType, clusterId, verdict, incidents } = application;
  const figures = figuresOf(application, context.result);
  const severity = severityOf(application, context.result.trace.service.threshold);
  const advice = adviceOf(application);
  const known = (value: number | null) =>
    value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(6));
  const change = figures.hoursNow === null ? null : figures.hours - figures.hoursNow;
  const words = [applicationId, applicationType ?? '', clusterId ?? ''].join(' ').toLowerCase();
  return {
    words,
    // Removes the indentation of the template.
    markup: renderRow(application, position, context).markup.replace(/>\s+</g, '><'),
    tags: [`service-${severity.split(' ').at(-1) ?? ''}`, `cost-${verdict?.cost ?? ''}`, advice],
    ranks: [SEVERITY_RANK[severity], ADVICE_RANK[advice]],
    values: [
      applicationId,
      applicationType,
      severity,
      verdict?.cost ?? null,
      known(figures.hours),
      known(figures.hoursNow),
      known(change),
      known(figures.short),
      known(figures.shortNow),
      known(figures.unserved),
      known(figures.unservedNow),
      incidents.length,
      advice,
    ],
  };
}
