import { z } from 'zod';
import { MOST_WARM_UP_SECONDS } from '#core/domain/settings/allocation-settings.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import type { Detail } from '#html-report/page/choose-details.ts';
import { POLICY_NAMES } from '#tasks/plan-policies.ts';

/** Values of knobs by policy: `policy=value,value;policy=value`. */
export const knobList = z.string().transform((text, context): ReadonlyMap<string, number[]> => {
  const knobs = new Map<string, number[]>();
  for (const part of text.split(';').filter((word) => word.trim() !== '')) {
    const [name = '', values = ''] = part.split('=').map((word) => word.trim());
    const numbers = values.split(',').map(Number);
    const fits = (value: number) => Number.isFinite(value) && value >= 0;
    const isQuantile = (value: number) => value > 0 && value < 1;
    if (!POLICY_NAMES.includes(name)) {
      context.addIssue(`unknown "${name}"; there are ${POLICY_NAMES.join(', ')}`);
    } else if (values === '' || !numbers.every(name === FOREPRINT ? isQuantile : fits)) {
      const what = name === FOREPRINT ? 'quantiles between 0 and 1' : 'numbers of at least 0';
      context.addIssue(`unusable "${values}" for ${name}; expected ${what}`);
    }
    knobs.set(name, [...new Set(numbers)]);
  }
  if (knobs.size === 0) context.addIssue('names none; expected policy=value,value;policy=value');
  return knobs;
});

/** A number above zero. */
export const positiveNumber = z.string().transform((text, context): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    context.addIssue(`"${text}" is not a number above 0`);
  }
  return value;
});

/** An ISO 4217 code of a currency. */
export const currencyCode = z
  .string()
  .transform((text) => text.toUpperCase())
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), {
    error: 'is not the ISO 4217 code of a currency, such as USD or EUR',
  });

/** Which applications get a section of the report: `top:N`, `all` or `none`. */
export const detailLevel = z.string().transform((text, context): Detail => {
  if (text === 'all' || text === 'none') return text;
  const top = /^top:([1-9]\d{0,5})$/.exec(text)?.[1];
  if (top === undefined) context.addIssue(`unusable "${text}"; expected top:N, all or none`);
  return { top: Number(top ?? 1) };
});

/** A share above 0 and at most 1. */
export const share = positiveNumber.refine((value) => value <= 1, { error: 'must be at most 1' });

/** A share from 0 on, below 1. */
export const smallShare = z.coerce.number().min(0).lt(1);

/** Minutes of an instance warm-up, within the bounds of the settings. */
export const warmUpMinutes = positiveNumber.refine(
  (minutes) => minutes * 60 <= MOST_WARM_UP_SECONDS,
  { error: `must be at most ${MOST_WARM_UP_SECONDS / 60}` },
);
