import { z } from 'zod';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';

const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** A comma-separated list of resources, without duplicates. */
export const resourceList = z.string().transform((text, context): readonly Resource[] => {
  const names = splitList(text);
  const unknown = names.filter((word) => !RESOURCES.some((resource) => resource === word));
  if (unknown.length > 0 || names.length === 0) {
    const problem = names.length === 0 ? 'names no resource' : `unknown ${quoted(unknown)}`;
    context.addIssue(`${problem}; there are ${RESOURCES.join(', ')}`);
  }
  return RESOURCES.filter((resource) => names.includes(resource));
});

/** A comma-separated list of numbers. `what` describes the allowed ones in error messages. */
export function numberList(what: string, fits: (value: number) => boolean) {
  return z.string().transform((text, context): readonly number[] => {
    const numbers = splitList(text);
    const wrong = numbers.filter((word) => !fits(Number(word)));
    if (wrong.length > 0 || numbers.length === 0) {
      const problem = numbers.length === 0 ? 'names none' : `unusable ${quoted(wrong)}`;
      context.addIssue(`${problem}; expected ${what}`);
    }
    return [...new Set(numbers.map(Number))].sort((a, b) => a - b);
  });
}

/** A comma-separated list of allowed names. */
export function nameList(allowed: readonly string[]) {
  return z.string().transform((text, context): readonly string[] => {
    const names = [...new Set(splitList(text))];
    const unknown = names.filter((word) => !allowed.includes(word));
    if (unknown.length > 0 || names.length === 0) {
      const problem = names.length === 0 ? 'names none' : `unknown ${quoted(unknown)}`;
      context.addIssue(`${problem}; there are ${allowed.join(', ')}`);
    }
    return names;
  });
}

export const levelList = numberList(
  'quantile levels between 0 and 1',
  (value) => value > 0 && value < 1,
);

export const seasonList = numberList(
  'season lengths in steps, whole numbers above 1',
  (value) => Number.isInteger(value) && value > 1,
);

/** A whole number ≥ 1. */
export const count = wholeNumber(1);

/** A whole number ≥ `least`. */
export function wholeNumber(least: number) {
  return z.string().transform((text, context): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
      context.addIssue(`"${text}" is not a whole number of at least ${least}`);
    }
    return value;
  });
}

export const path = z.string().min(1, 'is empty');

const ISO_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * An instant in ISO 8601 as Unix seconds (UTC if it has no zone), or `last`, the end of the stored
 * history.
 */
export const instant = z.string().transform((text, context): number | 'last' => {
  if (text === 'last') return text;
  const [, day, time = '00:00', zone = 'Z'] = ISO_TIME.exec(text.trim()) ?? [];
  const seconds = Date.parse(`${day}T${time}${zone}`) / 1000;
  // Date.parse converts 30 February to 2 March.
  const isReal = !Number.isNaN(seconds) && isoDay(Date.parse(`${day}T00:00Z`)) === day;
  if (!isReal) context.addIssue(`"${text}" is neither a time in ISO 8601 nor "last"`);
  return seconds;
});

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ');
}
