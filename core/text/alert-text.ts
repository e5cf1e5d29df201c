import type { Resource } from '#core/domain/footprint.ts';
import type { Incident, IncidentCause } from '#core/domain/incident.ts';
import type { Alert } from '#core/domain/ports.ts';
import { amountText } from './amount-text.ts';

export interface AlertText {
  /** One line of at most 100 ASCII characters, the limit of SNS. */
  readonly subject: string;
  readonly message: string;
}

const SUBJECT_LENGTH = 100;
/** Incidents of a digest that fit on the screen of a phone. */
const LISTED = 8;

/**
 * Text of an alert, the same for e-mail, Slack and the console, short enough for the screen of a
 * phone: what happened, since when, how far from the forecast, the main resource, what is done
 * about it, and a link.
 * @param dashboardUrl address of a dashboard, with `{application}` in place of the application;
 * null without one.
 */
export function alertText(alert: Alert, dashboardUrl: string | null = null): AlertText {
  const [subject, ...lines] = [
    ...LINES[alert.kind](alert as never),
    ...picture(alert, dashboardUrl),
  ];
  return { subject: plainLine(subject ?? ''), message: [subject, ...lines].join('\n') };
}

const NAMES: Readonly<Record<Resource, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  disk: 'disk traffic',
  network: 'network traffic',
};

const CAUSES: Readonly<Record<IncidentCause, string>> = {
  point: 'far from the value before',
  season: 'far off for this hour',
  short: 'off for over an hour',
  long: 'off for many hours',
  volatility: 'far less steady than usual',
  quiet: 'far quieter than ever',
  still: 'the same value again and again',
  collapse: 'a fraction of what is usual',
  base: 'far from its usual level',
  change: 'a sudden change',
  model: 'far from the forecast',
  range: 'beyond all values so far',
  absence: 'nothing was measured',
};

const LINES: {
  readonly [K in Alert['kind']]: (alert: Extract<Alert, { kind: K }>) => readonly string[];
} = {
  'incident-opened': ({ incident }) => [
    `${incident.level === 'page' ? 'PAGE ' : ''}${headline(incident)}`,
    `Since ${timeText(incident.startSeconds)}.`,
    ...measured(incident),
    ...companions(incident),
    ...reasons(incident),
    ...(incident.afterDeploy ? ['A deployment is under way.'] : []),
    consequence(incident),
  ],
  'incident-escalated': ({ incident }) => [
    `${incident.level === 'page' ? 'PAGE ' : ''}${headline(incident)}: it got worse`,
    `Since ${timeText(incident.startSeconds)}.`,
    ...measured(incident),
    ...companions(incident),
    ...reasons(incident),
    consequence(incident),
  ],
  'incident-resolved': ({ incident }) => [
    `${incident.applicationId}: ${NAMES[incident.resource]} back to normal`,
    `From ${timeText(incident.startSeconds)} to ${timeText(incident.endSeconds ?? incident.startSeconds)}.`,
    ...measured(incident),
    'What the incident added to the allocation is withdrawn.',
  ],
  'over-allocation': ({ applicationId, atSeconds, utilization }) => [
    `${applicationId}: only ${Math.round(utilization * 100)} % of the allocation in use`,
    `At ${timeText(atSeconds)}. The next allocation follows the forecast.`,
  ],
  digest: ({ incidents, atSeconds }) => [
    `${incidents.length} applications left their forecast at once`,
    `At ${timeText(atSeconds)}: look for what they share before looking at each.`,
    ...incidents.slice(0, LISTED).map(headline),
    ...(incidents.length > LISTED ? [`and ${incidents.length - LISTED} more`] : []),
  ],
};

const APPLICATION = '{application}';

/** A dashboard of one application does not show a digest of many. */
function picture(alert: Alert, dashboardUrl: string | null): readonly string[] {
  if (dashboardUrl === null) return [];
  if (alert.kind === 'digest' && dashboardUrl.includes(APPLICATION)) return [];
  return [
    `Picture: ${dashboardUrl.replaceAll(APPLICATION, encodeURIComponent(applicationOf(alert)))}`,
  ];
}

function applicationOf(alert: Alert): string {
  if (alert.kind === 'digest') return '';
  return 'incident' in alert ? alert.incident.applicationId : alert.applicationId;
}

function headline(incident: Incident): string {
  const { applicationId, resource, direction, causes } = incident;
  if (causes.includes('absence')) return `${applicationId}: no measurements`;
  const behaviour = isInside(incident) && causes[0] ? BEHAVIOUR[causes[0]] : undefined;
  return `${applicationId}: ${NAMES[resource]} ${behaviour ?? `far ${direction} forecast`}`;
}

const isInside = ({ peakActual, lower, upper }: Incident): boolean =>
  lower <= peakActual && peakActual <= upper;

/** Behaviour of a resource whose value is inside the expected interval. */
const BEHAVIOUR: Readonly<Partial<Record<IncidentCause, string>>> = {
  still: 'stands still',
  quiet: 'hardly moves',
  volatility: 'far less steady than usual',
};

function measured(incident: Incident): readonly string[] {
  const { resource, peakActual, expected, lower, upper, causes } = incident;
  if (causes.includes('absence')) return [];
  const amount = (value: number) => amountText(resource, value);
  const worst = incident.direction === 'above' ? 'Peak' : 'Lowest';
  return [
    `${worst} ${amount(peakActual)}, expected ${amount(expected)} (${amount(lower)} to ${amount(upper)}).`,
  ];
}

function companions({ resource, resources, causes }: Incident): readonly string[] {
  const others = resources.filter((one) => one !== resource).map((one) => NAMES[one]);
  if (others.length === 0 || causes.includes('absence')) return [];
  return [`${NAMES[resource]} led; also ${others.join(', ')}.`];
}

function reasons({ causes }: Incident): readonly string[] {
  const words = causes.slice(0, 3).map((cause) => CAUSES[cause]);
  return words.length === 0 ? [] : [`Strange: ${words.join('; ')}.`];
}

function consequence({ direction, suspect, causes }: Incident): string {
  if (causes.includes('absence')) return 'The allocation stays as it is until measurements return.';
  if (suspect === 'forecast') {
    return 'The forecast is rather at fault than the application: its model should be trained anew.';
  }
  return direction === 'above'
    ? 'The next allocations hold at least what is in use until this is over.'
    : 'The allocation stays at its forecast: little use may be the failure of something before it.';
}

/** "2026-11-24 17:05 UTC". */
function timeText(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function plainLine(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]+/g, '?');
  return plain.length <= SUBJECT_LENGTH ? plain : `${plain.slice(0, SUBJECT_LENGTH - 3)}...`;
}
