import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { createDecisionLog } from '#evaluation/replay/decision-log.ts';
import { explainDecision } from '#evaluation/replay/explain-decision.ts';
import { decideExample, exampleInput } from '#test/core/controller/example-input.ts';
import { cpuForecast } from '#test/core/forecasts.ts';

const target = {
  limits: { minInstances: 1, maxInstances: 20 },
  instanceCapacity: { ...EMPTY_FOOTPRINT, cpu: 2 },
  inServiceInstances: 3,
};

function decided(level: number, desired: number, correction: number | null) {
  return decideExample(
    exampleInput({
      forecast:
        level === 0 ? null : cpuForecast([0, 1, 2].map((k) => [level, level + k, 2 * level + k])),
      target: { ...target, desiredInstances: desired },
      correction: { ...EMPTY_FOOTPRINT, cpu: correction },
      profileVersion: 7,
      nowSeconds: 1_700_000_000,
    }),
    DEFAULT_SETTINGS,
  );
}

/** Numbers are kept in four bytes, so the last shown digit may differ. */
const words = (text: string) => text.replace(/[\d.]+/g, '#');

it('says of any step again what its decision said, in the same words', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          level: fc.integer({ min: 0, max: 30 }),
          desired: fc.integer({ min: 1, max: 20 }),
          correction: fc.option(fc.integer({ min: 1, max: 30 })),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      (steps) => {
        const writer = createDecisionLog(steps.length, ['cpu']);
        const decisions = steps.map(({ level, desired, correction }, step) => {
          const decision = decided(level, desired, correction);
          writer.note(step, { decision, before: desired, serving: 3 });
          return decision;
        });
        decisions.forEach(({ instances, reason }, step) => {
          const explained = explainDecision(writer.log, step)!;
          expect(explained).toMatchObject({ before: steps[step]!.desired, after: instances });
          expect(words(explained.reason.summary)).toBe(words(reason.summary));
          expect(explained.reason.forecast.cpu).toBeCloseTo(reason.forecast.cpu!, 4);
          expect(explained.reason.correction.cpu ?? 0).toBeCloseTo(reason.correction.cpu ?? 0, 4);
          expect(explained.reason).toMatchObject({
            source: reason.source,
            quantile: reason.quantile,
            limits: reason.limits,
            available: reason.available,
            model: reason.model,
            profileVersion: 7,
            instances: { kept: reason.instances!.kept, floor: reason.instances!.floor },
          });
        });
      },
    ),
  );
});

it('says nothing of a step without a decision', () => {
  const writer = createDecisionLog(3, ['cpu']);
  expect(explainDecision(writer.log, 1)).toBeNull();
  writer.note(2, { decision: decided(5, 4, null), before: 4, serving: 3 });
  expect(explainDecision(writer.log, 1)).toBeNull();
  expect(explainDecision(writer.log, 2)).not.toBeNull();
  expect(explainDecision(writer.log, 3)).toBeNull();
});
