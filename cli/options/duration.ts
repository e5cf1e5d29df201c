import { z } from 'zod';

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};
const DURATION = /^(\d+)([smhdw]?)$/;

/** A whole number of seconds ≥ 1, also with a unit as Prometheus writes it: 300, 5m, 28d. */
export const duration = z.string().transform((text, context): number => {
  const [, digits = '', unit = ''] = DURATION.exec(text.trim()) ?? [];
  const seconds = digits === '' ? NaN : Number(digits) * (UNIT_SECONDS[unit] ?? 1);
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    context.addIssue(`"${text}" is not a whole number of seconds or a duration such as 5m or 28d`);
  }
  return seconds;
});
