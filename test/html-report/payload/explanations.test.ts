import { expect, it } from 'vitest';
import { explanations } from '#html-report/payload/explanations.ts';
import { fixtureReplay } from '#test/html-report/page/fixture.ts';

it('keeps the decisions that change something, and the first and the last', () => {
  const { applications, trace } = fixtureReplay();
  const [application] = applications;
  const kept = explanations(application!, trace)!;
  let step = 0;
  const steps = kept.stepGaps.map((gap) => (step += gap));
  const { before, after } = application!.decisionLog.counts;
  const changes = Array.from({ length: trace.steps }, (_, k) => k).filter(
    (k) => !Number.isNaN(before[k]!) && before[k] !== after[k],
  );
  expect(changes.length).toBeGreaterThan(10);
  for (const change of changes) expect(steps).toContain(change);
  expect(steps[0]).toBe(kept.firstStep);
  expect(steps.at(-1)).toBe(kept.lastStep);
  expect(kept.log.counts.after).toHaveLength(steps.length);
  expect(kept.log.counts.after[0]).toBe(after[kept.firstStep]);
  expect(steps.length).toBeLessThan(trace.steps - kept.firstStep);
});
