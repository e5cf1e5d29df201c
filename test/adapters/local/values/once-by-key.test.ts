import { expect, it } from 'vitest';
import { onceByKey } from '#adapters/local/values/once-by-key.ts';

it('makes a value once for each key, null included', () => {
  const made: string[] = [];
  const of = onceByKey<{ readonly name: string } | null>();
  const series = (key: string) =>
    of(key, () => {
      made.push(key);
      return key === 'none' ? null : { name: key };
    });
  const first = series('cpu shop');
  expect(series('cpu shop')).toBe(first);
  expect([series('none'), series('none')]).toEqual([null, null]);
  expect(series('__proto__')).toEqual({ name: '__proto__' });
  expect(made).toEqual(['cpu shop', 'none', '__proto__']);
});
