import { columnLines } from '#cli/output/columns.ts';
import type { StoredDecision } from '#cli/work/allocate-stored.ts';
import type { DecisionReason } from '#core/domain/allocation.ts';
import { RESOURCES, type FootprintWindow, type Resource } from '#core/domain/footprint.ts';
import { simulatedRemark } from '#core/text/simulated-remark.ts';
import { formatAmount, formatCount, formatShare, formatTime } from '#html-report/text/format.ts';

/**
 * A decision that a reader takes in within seconds: before and after, the resource that decides,
 * what an instance is, why not one less or more, until when.
 */
export function allocationLines(decided: StoredDecision, width: number): readonly string[] {
  const { decision, before, snapshot } = decided;
  const { applicationId, instances, reason } = decision;
  const rows = [...resourceRows(decided), ...boundRows(reason, instances), ...forecastRow(decided)];
  const labels = Math.max(...rows.map(([label]) => label!.length), 0);
  return [
    `${applicationId}   ${changeText(before, instances)} of ${instanceText(reason)}`,
    `  decided at ${formatTime(snapshot.nowSeconds)} UTC, valid to ${formatTime(decision.validUntilSeconds)} UTC`,
    ...rows.map(([label, text]) => `  ${label!.padEnd(labels)}  ${text}`),
    `  because: ${reason.summary}`,
    ...simulatedLine([decided]),
    `more: foreprint profile ${applicationId}; as JSON: --json -`,
  ].flatMap((line) => wrapped(line, width));
}

const TABLE = [
  { head: 'application' },
  { head: 'instances', isRight: true },
  { head: 'change', isRight: true },
  { head: 'decides' },
  { head: 'now', isRight: true, leaveOut: 1 },
  { head: 'forecast', isRight: true, leaveOut: 2 },
  { head: 'from', leaveOut: 3 },
  { head: 'valid to (UTC)', leaveOut: 4 },
] as const;

/** Decisions for several applications: a row each, then what to do next. */
export function allocationTable(
  decisions: readonly StoredDecision[],
  width: number,
): readonly string[] {
  const rows = decisions.map(({ decision, before, snapshot }) => {
    const { instances, reason } = decision;
    const led = leadingResource(reason);
    return [
      decision.applicationId,
      before === null || before === instances ? String(instances) : `${before} → ${instances}`,
      before === null ? 'first' : signed(instances - before),
      led ?? '–',
      led ? formatAmount(led, lastMeasured(snapshot.history, led)) : '–',
      led ? formatAmount(led, reason.forecast[led]) : '–',
      { default: 'defaults', forecast: 'own forecast', 'cluster-forecast': 'its cluster' }[
        reason.source
      ],
      formatTime(decision.validUntilSeconds),
    ];
  });
  const changes = decisions.filter((d) => d.before !== null && d.before !== d.decision.instances);
  return [
    ...columnLines(TABLE, rows, width),
    ...simulatedLine(decisions),
    `${formatCount(decisions.length, 'application')}, ${formatCount(changes.length, 'change')}; why: foreprint allocate APP`,
  ];
}

function simulatedLine(decisions: readonly StoredDecision[]): readonly string[] {
  const remark = simulatedRemark(
    decisions.map(({ decision: { applicationId }, isSimulated }) => ({
      applicationId,
      isSimulated,
    })),
  );
  return remark === null ? [] : [remark];
}

function changeText(before: number | null, instances: number): string {
  const noun = instances === 1 ? 'instance' : 'instances';
  if (before === null) return `${instances} ${noun} (first decision)`;
  if (before === instances) return `${instances} ${noun} (as before)`;
  return `${before} → ${instances} ${noun} (${signed(instances - before)})`;
}

const signed = (change: number): string =>
  change === 0 ? 'stays' : change > 0 ? `+${change}` : `−${-change}`;

/** What one instance holds: 2 cores, 4 GiB, … */
function instanceText({ instanceCapacity }: DecisionReason): string {
  const held = RESOURCES.filter((resource) => instanceCapacity[resource] !== null);
  return held.map((resource) => formatAmount(resource, instanceCapacity[resource])).join(', ');
}

/** The resource whose need takes the most instances; null if no resource is counted in them. */
function leadingResource({ forecast, instanceCapacity }: DecisionReason): Resource | null {
  const instancesOf = (resource: Resource): number =>
    (forecast[resource] ?? 0) / (instanceCapacity[resource] ?? Infinity);
  const [most] = RESOURCES.filter((resource) => instancesOf(resource) > 0).sort(
    (a, b) => instancesOf(b) - instancesOf(a),
  );
  return most ?? null;
}

function lastMeasured({ values }: FootprintWindow, resource: Resource): number | null {
  return values[resource].findLast((value) => !Number.isNaN(value)) ?? null;
}

/** A row per resource that is forecast: use now, forecast, share of what the instances hold. */
function resourceRows({ decision, snapshot }: StoredDecision): string[][] {
  const { instances, reason } = decision;
  const led = leadingResource(reason);
  const counted = RESOURCES.filter(
    (resource) => reason.forecast[resource] !== null && reason.instanceCapacity[resource] !== null,
  ).sort((a, b) => Number(b === led) - Number(a === led));
  return counted.map((resource) => {
    const now = lastMeasured(snapshot.history, resource);
    const most = reason.forecast[resource]!;
    const held = instances * reason.instanceCapacity[resource]!;
    const likely =
      reason.source === 'default'
        ? 'by default'
        : `in ${formatShare(reason.quantile)} of forecasts`;
    return [
      resource === led ? `${resource} decides` : resource,
      `${now === null ? 'not measured' : `${formatAmount(resource, now)} now`}, at most ${formatAmount(resource, most)} ${likely} = ${formatShare(most / held)} of ${instances}`,
    ];
  });
}

const BY_RECORD = {
  record: [
    'fewer would have served worse than target tracking of late',
    'so many have been enough',
  ],
  level: ['fewer would have been short for too long', 'so many have been enough'],
  costs: ['fewer would have cost more in shortages', 'more would have cost more in idle time'],
  tracking: ['target tracking wants as many', 'target tracking wants no more'],
} as const;

/** Why not one instance less, and why not one more. */
function boundRows(reason: DecisionReason, instances: number): string[][] {
  const { limits, instances: counted } = reason;
  const rows: string[][] = [];
  if (instances === limits.minInstances) {
    rows.push([`why not ${instances - 1}`, `${instances} is the minimum of its type`]);
  } else if (counted?.atLeast === instances) {
    rows.push([`why not ${instances - 1}`, 'an expected event holds at least as many']);
  } else if (counted && counted.floor === instances && counted.asked < instances) {
    rows.push([`why not ${instances - 1}`, 'recent use and open incidents call for as many']);
  } else if (counted?.decidedBy) {
    rows.push([`why not ${instances - 1}`, BY_RECORD[counted.decidedBy][0]]);
  } else if (counted && counted.lastShare !== null) {
    const kept = counted.lastShare < counted.leastShare ? '; it is kept, as it pays sooner' : '';
    rows.push([
      `why not ${instances - 1}`,
      `instance ${instances} is expected to be used by ${formatShare(counted.lastShare)}; one pays from ${formatShare(counted.leastShare)} on${kept}`,
    ]);
  }
  if (instances === limits.maxInstances) {
    rows.push([`why not ${instances + 1}`, `${instances} is the maximum of its type`]);
  } else if (counted?.decidedBy) {
    rows.push([`why not ${instances + 1}`, BY_RECORD[counted.decidedBy][1]]);
  } else if (counted && counted.nextShare !== null) {
    rows.push([
      `why not ${instances + 1}`,
      `instance ${instances + 1} would be used by ${formatShare(counted.nextShare)}`,
    ]);
  }
  return rows;
}

/** How far the forecast of the deciding resource can be trusted. */
function forecastRow({ decision: { reason }, snapshot }: StoredDecision): string[][] {
  const led = leadingResource(reason);
  const model = led === null ? undefined : snapshot.profile?.predictiveModel[led];
  if (led === null || model === undefined || reason.source !== 'forecast') return [];
  const held = `its 80% band held ${formatShare(model.reliability.coverage80)} in cross-validation`;
  return [['forecast', `${reason.unreliable.includes(led) ? 'uncertain' : 'good'}; ${held}`]];
}

/** A line broken at spaces; what follows is indented by two more than the line. */
function wrapped(line: string, width: number): readonly string[] {
  const indent = ' '.repeat(line.length - line.trimStart().length + 2);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    if (at <= indent.length) break;
    lines.push(rest.slice(0, at));
    rest = `${indent}${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}
