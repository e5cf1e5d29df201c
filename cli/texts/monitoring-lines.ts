import type { Incident } from '#core/incident.ts';
import type { Alert } from '#core/ports.ts';
import type { MonitoredApplication } from '#cli/monitor/monitor-store.ts';
import {
  formatAmount,
  formatCount,
  formatNumber,
  formatShare,
  formatTime,
} from '#cli/report/format.ts';

const STATUS = {
  'no-allocation': 'nothing was allocated yet',
  within: 'within its allocation',
  over: 'above its allocation',
  under: 'far below its allocation',
} as const;

/** What one interval of monitoring found about one application. */
export function monitoringLine({ result, corrected }: MonitoredApplication): string {
  const { applicationId, atSeconds, status, utilization } = result;
  const used = utilization === null ? '' : ` (${formatShare(utilization)} of it used)`;
  const after = corrected ? `; now ${formatCount(corrected.instances, 'instance')}` : '';
  return `${formatTime(atSeconds)}  ${applicationId}: ${STATUS[status]}${used}${after}`;
}

/** An alert as a line for people. */
export function alertLine(alert: Alert): string {
  if (alert.kind === 'over-allocation') {
    const used = formatShare(alert.utilization);
    return `${formatTime(alert.atSeconds)}  ${alert.applicationId}: only ${used} of its allocation is used`;
  }
  const { incident } = alert;
  if (alert.kind === 'incident-opened') return `${incidentStart(incident)}${expectation(incident)}`;
  const end = formatTime(incident.endSeconds ?? incident.startSeconds);
  return `${end}  ${incident.applicationId}: the ${incident.resource} incident of ${formatTime(incident.startSeconds)} is over`;
}

function incidentStart({ applicationId, resource, direction, startSeconds }: Incident): string {
  return `${formatTime(startSeconds)}  ${applicationId}: ${resource} ${direction} what was expected`;
}

function expectation({ resource, peakActual, lower, upper, severity }: Incident): string {
  const amount = (value: number) => formatAmount(resource, value);
  return `: ${amount(peakActual)} instead of ${amount(lower)} to ${amount(upper)} (severity ${formatNumber(severity)})`;
}
