import type { SampleCalendar, SampleGrid } from './calendar.ts';

const DAY = 24 * 3600;

/** An event that the sample fleet contains on purpose, for the report and the tests. */
export interface SampleEvent {
  readonly applicationId: string;
  readonly kind:
    'deploy' | 'holiday' | 'traffic-spike' | 'memory-leak' | 'growth' | 'drift' | 'new' | 'outage';
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly what: string;
}

/** Applications whose users are on holiday. */
const HOLIDAY_APPLICATIONS = [
  'shop-eu',
  'checkout-eu',
  'session-cache-eu',
  'hr-portal',
  'insurance-portal',
  'mail-queue',
  'image-queue',
] as const;

/** The application whose measurements stop for hours. */
export const OUTAGE_APPLICATION = 'insurance-portal';

/** Events of all applications, in order of time. */
export function fleetEvents(calendar: SampleCalendar, grid: SampleGrid): readonly SampleEvent[] {
  const endSeconds = grid.startSeconds + grid.steps * grid.stepSeconds;
  const event = (
    applicationId: string,
    kind: SampleEvent['kind'],
    span: { readonly fromSeconds: number; readonly toSeconds?: number },
    what: string,
  ): SampleEvent => ({ applicationId, kind, toSeconds: endSeconds, ...span, what });
  const whole = { fromSeconds: grid.startSeconds };
  const events = [
    event('checkout-eu', 'deploy', { fromSeconds: calendar.deploySeconds }, 'needs 1.6 × as much'),
    event('shop-us-east', 'traffic-spike', calendar.spike, 'a rush of up to 2.6 × the usual load'),
    event(
      'session-cache-eu',
      'memory-leak',
      calendar.leak,
      '20 GiB leak in 31 hours, then restart',
    ),
    event('partner-api', 'growth', whole, 'grows by 5 % of its first level a day'),
    event('catalog-eu', 'drift', calendar.drift, 'turns from a shop’s day to an evening medium’s'),
    event('shop-latam', 'new', { fromSeconds: calendar.newcomerSeconds }, 'first measurements'),
    event(OUTAGE_APPLICATION, 'outage', calendar.outage, 'no measurements for nine hours'),
    ...holidayEvents(calendar.holidaySeconds),
  ];
  return events.sort((a, b) => a.fromSeconds - b.fromSeconds);
}

function holidayEvents(holidaySeconds: number | null): readonly SampleEvent[] {
  if (holidaySeconds === null) return [];
  return HOLIDAY_APPLICATIONS.map((applicationId) => ({
    applicationId,
    kind: 'holiday',
    fromSeconds: holidaySeconds,
    toSeconds: holidaySeconds + DAY,
    what: 'a working day like a Sunday',
  }));
}
