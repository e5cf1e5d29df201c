import * as z from 'zod';

/** Smallest and largest value, both allowed; `above` is a smallest value that is not. */
export type Bounds =
  { readonly from: number; readonly to: number } | { readonly above: number; readonly to: number };

/** A number within bounds; the message of a fault names both and the value. */
export function amount(bounds: Bounds): z.ZodNumber {
  const params = { error: faultOf(`a number ${boundsText(bounds)}`) };
  const number = z.number(params).max(bounds.to, params);
  return 'from' in bounds ? number.min(bounds.from, params) : number.gt(bounds.above, params);
}

/** A whole number within bounds, both allowed. */
export function whole(from: number, to: number): z.ZodInt {
  const params = { error: faultOf(`a whole number ${boundsText({ from, to })}`) };
  return z.int(params).min(from, params).max(to, params);
}

/** True or false. */
export function flag(): z.ZodBoolean {
  return z.boolean({ error: faultOf('true or false') });
}

/** One of some words. */
export function oneOf<const W extends readonly string[]>(words: W) {
  return z.enum(words, { error: faultOf(`one of ${words.join(', ')}`) });
}

function boundsText(bounds: Bounds): string {
  return 'from' in bounds
    ? `from ${bounds.from} to ${bounds.to}`
    : `above ${bounds.above}, at most ${bounds.to}`;
}

const faultOf =
  (expected: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    `must be ${expected}, not ${shown(input)}`;

/** A value as JSON, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
