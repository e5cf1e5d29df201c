import { alertText } from '#core/text/alert-text.ts';
import type { Alert } from '#core/domain/ports.ts';
import type { MonitoredApplication } from '#cli/work/monitor-store.ts';
import { formatCount, formatShare, formatTime } from '#html-report/text/format.ts';

const STATUS = {
  'no-allocation': 'nothing was allocated yet',
  within: 'within its allocation',
  over: 'above its allocation',
  under: 'far below its allocation',
  'not-measured': 'not measured any more',
} as const;

/** What one interval of monitoring found about one application. */
export function monitoringLine({ result, corrected, retrained }: MonitoredApplication): string {
  const { applicationId, atSeconds, status, utilization } = result;
  const used = utilization === null ? '' : ` (${formatShare(utilization)} of it used)`;
  const after = corrected ? `; now ${formatCount(corrected.instances, 'instance')}` : '';
  const trained = retrained
    ? `; forecasts of ${result.retrain.join(', ')} failed for a day: trained anew`
    : '';
  return `${formatTime(atSeconds)}  ${applicationId}: ${STATUS[status]}${used}${after}${trained}`;
}

/** An alert as the console shows it: the same words as in an e-mail. */
export function alertLine(alert: Alert, dashboardUrl: string | null = null): string {
  const [first, ...others] = alertText(alert, dashboardUrl).message.split('\n');
  return [first, ...others.map((line) => `  ${line}`)].join('\n');
}
