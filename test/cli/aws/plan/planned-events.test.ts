import { expect, it } from 'vitest';
import { parseExpectTags } from '#cdk/configuration/expect-tags.ts';
import { withExpected } from '#cdk/configuration/with-expected.ts';
import { plannedEvents } from '#cli/aws/plan/planned-events.ts';
import { withTagged } from '#cli/aws/plan/planned-group.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';

const at = (text: string) => Date.parse(text) / 1000;
const COUNTED = { fromSeconds: at('2026-11-20T00:00Z'), toSeconds: at('2026-11-27T00:00Z') };

const tagged = (group: string, ...values: readonly string[]) =>
  parseExpectTags(
    values.map((value, k) => [`foreprint:expect-${k}`, value]),
    group,
  );

it('tells events of the counted days from those that no figure has, of each group its own', () => {
  const { expected, notices } = withTagged(
    [
      tagged('shop', 'sale: 2026-11-21T08:00/2026-11-22T20:00 x1.5', 'feast: 2026-12-25 least=3'),
      tagged('blog', 'late: 2026-11-23 x2 known=2026-12-01T00:00', 'soon'),
    ],
    ['prices cannot be read'],
  );
  const settings = withExpected(DEFAULT_SETTINGS, expected);
  expect(plannedEvents(settings, 'shop', COUNTED)).toEqual({
    counted: ['sale, ×1.5 from 2026-11-21 08:00 until 2026-11-22 20:00'],
    outside: ['feast'],
  });
  // What became known after the counted days was known to no decision in them.
  expect(plannedEvents(settings, 'blog', COUNTED)).toEqual({ counted: [], outside: ['late'] });
  expect(plannedEvents(settings, 'other', COUNTED)).toEqual({ counted: [], outside: [] });
  expect(notices).toEqual([
    'prices cannot be read',
    expect.stringMatching(/^tag foreprint:expect-1 of blog, "soon".*; left out$/),
  ]);
});
