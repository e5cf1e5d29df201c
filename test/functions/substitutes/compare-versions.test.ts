import { expect, test } from 'vitest';
import { gte } from '#functions/substitutes/compare-versions.ts';

test.each([
  ['20.20.2', '8.0.0', true],
  ['8.0.0', '8.0.0', true],
  ['2.7.14', '2.7.15', false],
  ['2.10.0', '2.7.15', true],
  ['7.99.99', '8.0.0', false],
  ['3.0', '2.7.15', true],
  ['24.1.0-nightly', '24.1.0', true],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(gte(version, least)).toBe(expected);
});
