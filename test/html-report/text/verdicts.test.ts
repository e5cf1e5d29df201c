import { expect, it } from 'vitest';
import { adviceOf, severityOf, verdictHeadline } from '#html-report/text/verdicts.ts';
import { fixtureReplay } from '#test/html-report/page/fixture.ts';

const advice = (service: 'better' | 'same' | 'worse', cost: 'lower' | 'same' | 'higher') =>
  adviceOf({ verdict: { service, cost } });

it('advises full where nothing gets worse and something better', () => {
  expect(advice('same', 'lower')).toBe('full');
  expect(advice('better', 'lower')).toBe('full');
  expect(advice('better', 'same')).toBe('full');
});

it('advises to ask for the modes where better service costs more, and to leave the others', () => {
  expect(advice('better', 'higher')).toBe('plan');
  expect(advice('worse', 'lower')).toBe('leave');
  expect(advice('same', 'same')).toBe('leave');
  expect(advice('same', 'higher')).toBe('leave');
  expect(adviceOf({ verdict: null })).toBe('leave');
});

it('says much from ten times the threshold on', () => {
  const [application] = fixtureReplay().applications;
  const [own, today] = application!.policies;
  const served = (shortSteps: number) => ({
    ...application!,
    verdict: { cost: 'same', service: 'worse' } as const,
    policies: [
      { ...own!, shortSteps, unservedDemand: 0 },
      { ...today!, shortSteps: 0, unservedDemand: 0 },
    ],
  });
  expect(severityOf(served(0.005), 0.001)).toBe('worse');
  expect(severityOf(served(0.02), 0.001)).toBe('much worse');
  expect(severityOf({ ...served(0.02), verdict: null }, 0.001)).toBe('unknown');
});

it('puts service before hours in the first line', () => {
  const replay = fixtureReplay();
  const headline = verdictHeadline(replay) ?? '';
  expect(headline).toMatch(
    /^\d of 5 applications served better, (none|\d) worse, for .*instance-hours$/,
  );
});
