import { expect, it } from 'vitest';
import type { FleetShortage, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { renderShortages } from '#html-report/page/render-shortages.ts';
import { fixtureReplay } from './fixture.ts';

/** A shortage in which so many instances serve a demand of one more. */
function shortage(policy: string, inService: number): FleetShortage {
  return {
    policy,
    applicationId: 'shop-front',
    step: 1,
    steps: 1,
    unserved: 1,
    fromStep: 0,
    demand: Float64Array.of(0, inService + 1, 0),
    inService: new Float64Array(3).fill(inService),
  };
}

/** Heights above the drawing's lower edge at which capacity is drawn. */
function capacityHeights(page: string): number[] {
  return [...page.matchAll(/class="shortage-capacity" d="M0 ([\d.]+)/g)].map(
    ([, y]) => 95 - Number(y),
  );
}

it('draws the shortages of all policies on one scale', () => {
  const result = fixtureReplay();
  const [first, second] = result.policies;
  const worstShortages = [shortage(first!.name, 30), shortage(second!.name, 10)];
  const shown: ReplayResult = { ...result, worstShortages };
  const heights = capacityHeights(renderShortages(shown)!.markup);
  expect(heights).toHaveLength(2);
  expect(Math.max(...heights) / Math.min(...heights)).toBeCloseTo(3, 1);
});
