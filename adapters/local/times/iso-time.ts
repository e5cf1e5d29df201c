import { namedZone, type NamedZone } from './named-zone.ts';

/** The parts of a time in ISO 8601 or one of its usual variants, as written. */
export interface IsoTime {
  /** The local time as seconds since 1970, without its offset. */
  readonly localSeconds: number;
  readonly dateSeparator: string;
  /** Separator of date and time; null without a time. */
  readonly separator: string | null;
  readonly hasSeconds: boolean;
  readonly fractionDigits: number;
  /** The zone as written, including a space before it; empty without a zone. */
  readonly zoneText: string;
  /** Seconds ahead of UTC; 0 without a zone. */
  readonly zone: number | NamedZone;
  /**
   * Name of the zone in brackets after an offset (RFC 9557). Later times may have another offset.
   */
  readonly bracketName: string | null;
}

const ISO =
  /^(\d{4})([-/]?)(\d{1,2})\2(\d{1,2})(?:([Tt]| +)(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?( *)(.*)$/;
const OFFSET = /^([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?$/;
const BRACKETS = /^([+-]\d\d(?::?\d\d)?)\[([A-Za-z][A-Za-z0-9_+\-/]*)\]$/;
const NAME = /^[A-Za-z][A-Za-z0-9_+\-/]*$/;

/**
 * Parses the parts of a time. Null if the text is not a time, or its day or hour does not exist. A
 * leap second, 23:59:60, is the start of the next minute, as Unix time has it.
 */
export function parseIsoTime(text: string): IsoTime | null {
  const parts = ISO.exec(text);
  if (parts === null) return null;
  const [, year, dateSeparator, month, day, separator, hour, minute, second, fraction] = parts;
  // Without separators month and day have two digits.
  if (dateSeparator === '' && (month?.length !== 2 || day?.length !== 2)) return null;
  const date = dayOf(Number(year), Number(month), Number(day));
  const time = timeOf(Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0));
  const zone = zoneOf(parts[11]!);
  if (date === null || time === null || zone === null) return null;
  return {
    localSeconds: date + time + (fraction === undefined ? 0 : Number(`0.${fraction}`)),
    dateSeparator: dateSeparator!,
    separator: separator ?? null,
    hasSeconds: second !== undefined,
    fractionDigits: fraction?.length ?? 0,
    zoneText: parts[11] === '' ? '' : parts[10]! + parts[11]!,
    zone,
    bracketName: BRACKETS.exec(parts[11]!)?.[2] ?? null,
  };
}

function dayOf(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // The Date constructor converts 30 February to 2 March.
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.getTime() / 1000 : null;
}

function timeOf(hour: number, minute: number, second: number): number | null {
  // A leap second ends a quarter of an hour in every zone, and 24:00 is the end of a day.
  const mostSeconds = minute % 15 === 14 ? 60 : 59;
  const isReal =
    hour < 24 ? minute < 60 && second <= mostSeconds : hour === 24 && minute + second === 0;
  return isReal ? hour * 3600 + minute * 60 + second : null;
}

function zoneOf(text: string): number | NamedZone | null {
  if (text === '' || /^(Z|UTC|GMT)$/i.test(text)) return 0;
  const offset = offsetOf(text);
  if (offset !== null) return offset;
  const [, before, name] = BRACKETS.exec(text) ?? [];
  // The offset defines the instant; the name must only be valid.
  if (name !== undefined) return namedZone(name) && offsetOf(before!);
  const alone = /^\[(.+)\]$/.exec(text)?.[1] ?? text;
  return NAME.test(alone) ? namedZone(alone) : null;
}

function offsetOf(text: string): number | null {
  const [, sign, hours, minutes = '0', seconds = '0'] = OFFSET.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 18 || Number(minutes) > 59) return null;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}

/** Unix seconds of a time in ISO 8601, UTC without a zone; NaN if the text is not a time. */
export function isoSeconds(text: string): number {
  const usual = usualSeconds(text);
  if (!Number.isNaN(usual)) return usual;
  const time = parseIsoTime(text);
  if (time === null) return NaN;
  const { zone, localSeconds } = time;
  return typeof zone === 'number' ? localSeconds - zone : zone.instantOf(localSeconds);
}

/** Adjacent rows often have the same day, so the last one is cached. */
let [lastDate, lastDay] = ['', NaN];

/** Fast path for the most common format, 2026-01-31T12:00:00.5Z, which is many times faster. */
function usualSeconds(text: string): number {
  const between = text.charCodeAt(10);
  if (between !== 84 && between !== 32) return NaN;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return NaN;
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  if (!(hour < 24 && minute < 60 && second < 60)) return NaN;
  const date = text.slice(0, 10);
  if (date !== lastDate) {
    const parsed = /^\d{4}-\d\d-\d\d$/.test(date) ? parseIsoTime(date) : null;
    [lastDate, lastDay] = [date, parsed?.localSeconds ?? NaN];
  }
  return lastDay + hour * 3600 + minute * 60 + second + usualFraction(text);
}

/** The part after the seconds: nothing, a fraction, Z or both; NaN for other text. */
function usualFraction(text: string): number {
  const end = text.charCodeAt(text.length - 1) === 90 ? text.length - 1 : text.length;
  if (end === 19) return 0;
  const rest = text.slice(19, end);
  return /^\.\d{1,9}$/.test(rest) ? Number(rest) : NaN;
}

/** NaN if one of the two characters is not a digit. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}
