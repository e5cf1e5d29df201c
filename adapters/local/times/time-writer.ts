import { isIsoMonth, writeIsoMonth } from './iso-month.ts';
import { parseIsoTime, type IsoTime } from './iso-time.ts';
import { namedZone } from './named-zone.ts';
import {
  CALENDAR_DIGITS,
  isCalendar,
  numberMeaning,
  numberSeconds,
  UNITS_PER_SECOND,
  type CalendarMeaning,
  type UnixUnit,
} from './number-time.ts';

/**
 * Writes instants in the format of a model: its separators, zone and unit.
 * @param model a text that `timeReader` reads as a time.
 * @returns a function of Unix seconds, precise to a microsecond.
 */
export function timeWriter(model: string): (unixSeconds: number) => string {
  if (isIsoMonth(model)) return writeIsoMonth;
  const meaning = numberMeaning(model);
  if (meaning !== null && isCalendar(meaning)) return (seconds) => digits(seconds, meaning);
  if (meaning !== null) return unixWriter(meaning, model);
  const iso = parseIsoTime(model) ?? PLAIN;
  return (seconds) => writeIso(iso, seconds);
}

const PLAIN = parseIsoTime('2026-01-31T12:00:00')!;

/** A time between two that can be written like the model gets all of its digits. */
function digits(seconds: number, meaning: CalendarMeaning): string {
  const all = new Date(seconds * 1000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  const shown = all.slice(0, CALENDAR_DIGITS[meaning]);
  return numberSeconds(shown, meaning) === Math.floor(seconds) ? shown : all;
}

/** Nanoseconds need more digits than a number has. */
function unixWriter(unit: UnixUnit, model: string): (seconds: number) => string {
  const decimals = /^[+-]?\d+\.(\d+)$/.exec(model)?.[1]?.length ?? 0;
  if (unit === 'nanoseconds') return (seconds) => String(BigInt(Math.round(seconds * 1e6)) * 1000n);
  return (seconds) => {
    const value = Math.round(seconds * 1e6) / (1e6 / UNITS_PER_SECOND[unit]);
    return Number.isInteger(value) ? value.toFixed(decimals) : String(value);
  };
}

function writeIso(model: IsoTime, seconds: number): string {
  const { dateSeparator, separator } = model;
  const offset = offsetOf(model, seconds);
  const zoneText = model.bracketName === null ? model.zoneText : bracketText(model, offset);
  const local = seconds + offset;
  const micros = Math.round(local * 1e6);
  const whole = Math.floor(micros / 1e6);
  const iso = new Date(whole * 1000).toISOString();
  const date = iso.slice(0, 10).replaceAll('-', dateSeparator);
  if (separator === null && micros % 86_400e6 === 0) return date + zoneText;
  const time = iso.slice(11, 19);
  const fraction = fractionText(micros - whole * 1e6, model.fractionDigits);
  const isShort = separator !== null && !model.hasSeconds && time.endsWith('00') && fraction === '';
  const shown = isShort ? time.slice(0, 5) : time + fraction;
  const clock = dateSeparator === '' ? shown.replaceAll(':', '') : shown;
  return date + (separator ?? 'T') + clock + zoneText;
}

function offsetOf({ zone, bracketName }: IsoTime, seconds: number): number {
  const named = bracketName === null ? null : namedZone(bracketName);
  if (named !== null) return named.offsetAt(seconds);
  return typeof zone === 'number' ? zone : zone.offsetAt(seconds);
}

function bracketText({ bracketName }: IsoTime, offset: number): string {
  const minutes = Math.abs(offset) / 60;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}[${bracketName}]`;
}

/** Has the digits of the model, or three or six if the model has too few. */
function fractionText(micros: number, wanted: number): string {
  const needed = micros === 0 ? 0 : micros % 1000 === 0 ? 3 : 6;
  const all = String(micros).padStart(6, '0') + '000';
  const isEnough = Number(all.slice(wanted)) === 0;
  const length = isEnough ? wanted : Math.max(wanted, needed);
  return length === 0 ? '' : `.${all.slice(0, length)}`;
}
