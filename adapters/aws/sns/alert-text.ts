import { amountText } from '#core/amount-text.ts';
import type { Incident } from '#core/incident.ts';
import type { Alert } from '#core/ports.ts';

export interface AlertText {
  /** One line of at most 100 ASCII characters: what SNS allows and a locked phone shows. */
  readonly subject: string;
  readonly message: string;
}

const SUBJECT_LENGTH = 100;

/** An alert in words: what happened, since when, how far from what was expected, and what is done about it. */
export function alertText(alert: Alert): AlertText {
  const [subject, ...lines] = LINES[alert.kind](alert as never);
  return { subject: plainLine(subject ?? ''), message: [subject, ...lines].join('\n') };
}

const NAMES = { cpu: 'CPU', memory: 'memory', disk: 'disk traffic', network: 'network traffic' };

const LINES: {
  readonly [K in Alert['kind']]: (alert: Extract<Alert, { kind: K }>) => readonly string[];
} = {
  'incident-opened': ({ incident }) => [
    `${incident.applicationId}: ${NAMES[incident.resource]} far ${incident.direction} forecast`,
    `Since ${timeText(incident.startSeconds)}.`,
    ...measured(incident),
    incident.direction === 'above'
      ? 'The next allocations hold at least what is in use until this is over.'
      : 'The allocation stays at its forecast: little use may be the failure of something before it.',
  ],
  'incident-resolved': ({ incident }) => [
    `${incident.applicationId}: ${NAMES[incident.resource]} back to normal`,
    `From ${timeText(incident.startSeconds)} to ${timeText(incident.endSeconds ?? incident.startSeconds)}.`,
    ...measured(incident),
  ],
  'over-allocation': ({ applicationId, atSeconds, utilization }) => [
    `${applicationId}: only ${Math.round(utilization * 100)} % of the allocation in use`,
    `At ${timeText(atSeconds)}. The next allocation follows the forecast.`,
  ],
};

function measured({ resource, peakActual, expected, lower, upper }: Incident): readonly string[] {
  const amount = (value: number) => amountText(resource, value);
  return [
    `Peak ${amount(peakActual)}, expected ${amount(expected)} (${amount(lower)} to ${amount(upper)}).`,
  ];
}

/** "2026-11-24 17:05 UTC". */
function timeText(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function plainLine(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]+/g, '?');
  return plain.length <= SUBJECT_LENGTH ? plain : `${plain.slice(0, SUBJECT_LENGTH - 3)}...`;
}
