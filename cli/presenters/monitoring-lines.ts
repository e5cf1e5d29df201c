import type { MonitoredApplication } from '#cli/work/monitor-store.ts';
import type { Alert } from '#core/domain/ports.ts';
import { alertText } from '#core/text/alert-text.ts';
import { simulatedRemark } from '#core/text/simulated-remark.ts';
import { formatCount, formatShare, formatTime } from '#html-report/text/format.ts';

const STATUS = {
  'no-allocation': 'nothing was allocated yet',
  within: 'within its allocation',
  over: 'above its allocation',
  under: 'far below its allocation',
  'not-measured': 'no longer measured',
} as const;

/** So many applications without an allocation are named; more are counted. */
const MOST_NAMED = 3;

/** Result of one monitoring interval: a line for every application, and which are simulated. */
export function monitoringLines(monitored: readonly MonitoredApplication[]): readonly string[] {
  const remark = simulatedRemark(
    monitored.map(({ result: { applicationId }, isSimulated }) => ({ applicationId, isSimulated })),
  );
  return [...applicationLines(monitored), ...(remark === null ? [] : [remark])];
}

function applicationLines(monitored: readonly MonitoredApplication[]): readonly string[] {
  const isWithout = ({ result }: MonitoredApplication) => result.status === 'no-allocation';
  const without = monitored.filter(isWithout);
  if (without.length <= MOST_NAMED) return monitored.map(monitoringLine);
  const count = formatCount(without.length, 'application');
  return [
    ...monitored.filter((application) => !isWithout(application)).map(monitoringLine),
    `${count}: ${STATUS['no-allocation']}; next: foreprint allocate`,
  ];
}

/** Result of one monitoring interval for one application. */
export function monitoringLine({ result, corrected, retrained }: MonitoredApplication): string {
  const { applicationId, atSeconds, status, utilization } = result;
  const used = utilization === null ? '' : ` (${formatShare(utilization)} of it used)`;
  const after = corrected ? `; now ${formatCount(corrected.instances, 'instance')}` : '';
  const { unusable = [] } = result;
  const failed = result.retrain.filter((resource) => !unusable.includes(resource));
  const reasons = [
    ...(failed.length > 0 ? [`forecasts of ${failed.join(', ')} failed for a day`] : []),
    ...(unusable.length > 0 ? [`the model of ${unusable.join(', ')} cannot be used`] : []),
  ];
  const trained = retrained ? `; ${reasons.join(' and ')}: trained again` : '';
  return `${formatTime(atSeconds)}  ${applicationId}: ${STATUS[status]}${used}${after}${trained}`;
}

/** An alert for the console, with the same text as in an e-mail. */
export function alertLine(alert: Alert, dashboardUrl: string | null = null): string {
  const [first, ...others] = alertText(alert, dashboardUrl).message.split('\n');
  return [first, ...others.map((line) => `  ${line}`)].join('\n');
}
