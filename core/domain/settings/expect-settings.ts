import * as z from 'zod';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { amount, oneOf, whole } from './fields.ts';
import { section } from './sections.ts';
import { DAY } from './spans.ts';
import { timeZone } from './time-zone.ts';

const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

const isoTime = z.iso.datetime({ offset: true, local: true });
const time = z.string().refine((text) => isoTime.safeParse(withSeconds(text)).success, {
  error: 'must be like 2026-11-27T08:00, or 2026-11-27T08:00Z with a zone of its own',
});
/** Nobody writes seconds, which a time with a zone has to have. */
const withSeconds = (text: string): string => text.replace(/T(\d\d:\d\d)(?=$|Z|[+-])/, 'T$1:00');
const day = z.iso.date({ error: 'must be a day like 2026-12-24' });
const weekdayText = new RegExp(`^(last )?(${WEEKDAYS.join('|')})$`, 'i');
const like = z.string().refine((text) => weekdayText.test(text) || day.safeParse(text).success, {
  error: `must be like "last sunday" or 2025-11-28; the weekdays are ${WEEKDAYS.join(', ')}`,
});

/** What every entry says, whomever it is about. */
export const expectShape = {
  name: z
    .string()
    .min(1, 'is empty')
    .optional()
    .describe('What explanations call it. Needed unless `holidays` names the days.'),
  from: time
    .optional()
    .describe('Begin, ISO 8601. Without a zone it is by the clock of `timeZone`.'),
  to: time.optional().describe('End, after the begin.'),
  days: z
    .array(day)
    .min(1, 'names no day')
    .optional()
    .describe('Whole days by the clock of `timeZone`, instead of `from` and `to`.'),
  holidays: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]+){0,2}$/i, 'must be a country like US, or a part of one like DE-BY')
    .optional()
    .describe(
      'Public holidays of a country or a part of it (ISO 3166), instead of `days`. Needs the npm package date-holidays.',
    ),
  timeZone: timeZone
    .optional()
    .describe("Time zone (IANA) of its times; without it the application's."),
  times: amount({ above: 0, to: 1000 })
    .optional()
    .describe('Factor by which more is used than usual; below 1 less is.'),
  resources: z
    .array(oneOf(RESOURCES))
    .min(1, 'names no resource')
    .optional()
    .describe('Resources that `times` and `like` are about; without it all.'),
  atLeast: whole(1, 100_000)
    .optional()
    .describe('Instances that are held at least, within the limits of the application.'),
  like: like
    .optional()
    .describe(
      'Weekday or past day whose use is expected, for example `last sunday` or `2025-11-28`. Holidays are like the last Sunday unless the entry says otherwise.',
    ),
  knownFrom: time
    .optional()
    .describe('When it became known; a replay does not know it before. Without it: always.'),
};

/** The resource of a name; null for any other word. */
export function resourceNamed(word: string): Resource | null {
  return RESOURCES.find((resource) => resource === word) ?? null;
}

type Written = z.output<z.ZodObject<typeof expectShape>>;

/** What is wrong with an entry as a whole. */
export function checkExpected(written: Written, context: z.RefinementCtx): void {
  const refuse = (key: string, message: string) =>
    context.addIssue({ code: 'custom', path: [key], message });
  const { name, from, to, days, holidays, times, atLeast, resources } = written;
  if (name === undefined && holidays === undefined) refuse('name', 'is missing');
  const hasSpan = from !== undefined || to !== undefined;
  const ways = [hasSpan, days, holidays].filter((way) => way !== undefined && way !== false);
  if (ways.length !== 1) {
    refuse('from', 'an entry has either `from` and `to`, or `days`, or `holidays`');
  } else if (hasSpan && (from === undefined || to === undefined)) {
    refuse(from === undefined ? 'from' : 'to', 'is missing');
  } else if (from !== undefined && to !== undefined && !isBefore(from, to)) {
    refuse('to', `must be after \`from\`, which is ${from}`);
  }
  if (times === undefined && atLeast === undefined && written.like === undefined && !holidays) {
    refuse('times', 'an entry says what is expected: `times`, `atLeast` or `like`');
  }
  const begin = from ?? days?.toSorted()[0];
  const alike = likeOf(written.like);
  if (
    begin !== undefined &&
    alike.day !== null &&
    spanOfDay(begin.slice(0, 10)).from.seconds <= alike.day * DAY
  ) {
    refuse('like', 'must be a day before the event');
  }
  if (resources && times === undefined && written.like === undefined && !holidays) {
    refuse('resources', 'needs `times` or `like`');
  }
}

/** Times of different kinds are compared when the time zone is known. */
function isBefore(from: string, to: string): boolean {
  const [begin, end] = [momentOf(from), momentOf(to)];
  return begin.isLocal !== end.isLocal || begin.seconds < end.seconds;
}

/** Unix seconds, or seconds like them by the clock of a zone that is named elsewhere. */
export interface Moment {
  readonly seconds: number;
  readonly isLocal: boolean;
}

export interface MomentSpan {
  readonly from: Moment;
  readonly to: Moment;
}

function momentOf(text: string): Moment {
  const isLocal = !/(Z|[+-]\d\d:?\d\d)$/.test(text);
  return { seconds: Date.parse(isLocal ? `${text}Z` : text) / 1000, isLocal };
}

/** A whole day like 2026-12-24, by the clock of a zone that is named elsewhere. */
export function spanOfDay(text: string): MomentSpan {
  const seconds = Date.parse(`${text}T00:00:00Z`) / 1000;
  const moment = (at: number): Moment => ({ seconds: at, isLocal: true });
  return { from: moment(seconds), to: moment(seconds + DAY) };
}

export const expectEntry = section({
  ...expectShape,
  applications: z
    .array(z.string().min(1, 'is empty'))
    .min(1, 'names no application')
    .optional()
    .describe('The only applications that it is about; without it all.'),
}).superRefine(checkExpected);

/** An entry as the engine reads it; null is what the entry does not say. */
export const expectation = expectEntry.transform((written) => ({
  name: written.name ?? 'holiday',
  applications: written.applications ?? null,
  spans:
    written.from !== undefined && written.to !== undefined
      ? [{ from: momentOf(written.from), to: momentOf(written.to) }]
      : (written.days ?? []).map(spanOfDay),
  /** Looked up at the edge, see `lookUpHolidays`; the engine refuses what was not. */
  holidays: written.holidays ?? null,
  timeZone: written.timeZone ?? null,
  times: written.times ?? null,
  resources: written.resources ?? null,
  atLeast: written.atLeast ?? null,
  like: likeOf(written.like ?? (written.holidays ? 'last sunday' : undefined)),
  knownFrom: written.knownFrom === undefined ? null : momentOf(written.knownFrom),
}));

/** Another day whose use is expected; both null where an event is like none. */
export interface LikeDay {
  /** 0 for Sunday. */
  readonly weekday: number | null;
  /** Days since 1970-01-01 by the local clock. */
  readonly day: number | null;
}

function likeOf(text: string | undefined): LikeDay {
  if (text === undefined) return { weekday: null, day: null };
  const named = text.toLowerCase().replace('last ', '');
  const found = WEEKDAYS.findIndex((name) => name === named);
  if (found !== -1) return { weekday: found, day: null };
  return { weekday: null, day: Date.parse(`${text}T00:00:00Z`) / 1000 / DAY };
}

/** The weekday's name with a capital, or the date. */
export function likeText({ weekday: named, day: on }: LikeDay): string {
  if (on !== null) return new Date(on * DAY * 1000).toISOString().slice(0, 10);
  const name = WEEKDAYS[named ?? -1] ?? '';
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** What is expected beforehand, in the settings and in a calendar file. */
export const expectList = z
  .array(expectation)
  .describe('What is known beforehand of use to come, see docs/calendar.md.');
