import Table from 'cli-table3';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import { formatNumber, formatShare, formatWhole } from '#html-report/text/format.ts';
import type { GroupSavings } from './group-savings.ts';
import { modesText } from './mode-lines.ts';

const HEAD = [
  'group',
  'instances',
  'in service, h',
  'target tracking, h',
  'Foreprint, h',
  'unserved demand',
  'saved a month',
];

/**
 * Table per group: instance-hours in the evaluated time by the replay, and savings per month; then
 * what each mode promises.
 */
export function savingsText(groups: readonly GroupSavings[]): string {
  const table = new Table({
    head: HEAD,
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const savings of groups) {
    const { group, instanceTypes, price, inServiceHours, policies } = savings;
    const policy = (name: string) => policies.find((other) => other.name === name);
    const each = price === null ? '' : ` at $${formatNumber(price)}`;
    table.push([
      group,
      `${instanceTypes.join(', ') || 'none now'}${each}`,
      formatWhole(inServiceHours ?? NaN),
      formatWhole(policy(targetTracking.name)?.instanceHours ?? NaN),
      formatWhole(policy(FOREPRINT)?.instanceHours ?? NaN),
      formatShare(policy(FOREPRINT)?.unservedDemand ?? NaN),
      savedText(savings),
    ]);
  }
  return [
    table.toString(),
    ...totals(groups),
    ...modesText(groups),
    ...expectedText(groups),
    ...besidePolicies(groups),
  ].join('\n');
}

function savedText(savings: GroupSavings): string {
  const { savedHoursPerMonth, savedPerMonth, inServiceHours, ownPolicies } = savings;
  if (savedHoursPerMonth === null) return ownPolicies.length > 0 ? 'none beside its policy' : '–';
  const money = savedPerMonth === null ? '' : `, $${formatWhole(savedPerMonth)}`;
  const isTracked = inServiceHours === null && ownPolicies.length === 0;
  const against = isTracked ? ' (against target tracking)' : '';
  return `${formatWhole(savedHoursPerMonth)} h${money}${against}`;
}

/** Which expected events are in the figures, and which cannot be. */
function expectedText(groups: readonly GroupSavings[]): readonly string[] {
  return groups.flatMap(({ group, expected: { counted, outside } }) => [
    ...counted.map((event) => `${group}: known beforehand and counted: ${event}`),
    ...outside.map((name) => `${group}: outside of the counted days, in no figure: ${name}`),
  ]);
}

/** What groups with a policy of their own can expect. */
function besidePolicies(groups: readonly GroupSavings[]): readonly string[] {
  const kept = groups.filter(({ ownPolicies }) => ownPolicies.length > 0);
  if (kept.length === 0) return [];
  const names = kept.map(({ group, ownPolicies }) => `${group} (${ownPolicies.join(', ')})`);
  return [
    `With its own scaling policy a group gets a floor, which serves better and saves nothing: ` +
      `${names.join('; ')}. Hours fall if you raise the policy's target, or take the policy away ` +
      `and use mode full.`,
  ];
}

function totals(groups: readonly GroupSavings[]): readonly string[] {
  const savings = groups.flatMap(({ savedPerMonth }) => savedPerMonth ?? []);
  if (savings.length === 0) return [];
  const sum = savings.reduce((total, saved) => total + saved, 0);
  return [
    `together $${formatWhole(sum)} a month at on-demand prices for Linux (negative: it would cost more), simulated`,
  ];
}
