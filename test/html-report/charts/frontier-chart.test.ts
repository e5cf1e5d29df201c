import { expect, it } from 'vitest';
import {
  frontierChart,
  frontierFinding,
  policyFamily,
  unservedAt,
} from '#html-report/charts/frontier-chart.ts';
import { fixtureReplay } from '#test/html-report/page/fixture.ts';

const point = (policy: string, instanceHours: number, unservedDemand: number) => ({
  policy,
  knob: 0.9,
  instanceHours,
  unservedDemand,
});

it('interpolates the shortage at a cost between two settings only', () => {
  const frontier = [
    point('foreprint', 200, 0.01),
    point('foreprint', 100, 0.05),
    point('target-tracking', 150, 0.9),
  ];
  expect(unservedAt(frontier, 'foreprint', 150)).toBeCloseTo(0.03, 12);
  expect(unservedAt(frontier, 'foreprint', 100)).toBe(0.05);
  expect(unservedAt(frontier, 'foreprint', 99)).toBeNull();
  expect(unservedAt(frontier, 'foreprint', 201)).toBeNull();
  expect(unservedAt(frontier, 'oracle', 150)).toBeNull();
});

it('removes the setting from the name of a policy', () => {
  expect(policyFamily('target-tracking-70')).toBe('target-tracking');
  expect(policyFamily('last-hour-p90')).toBe('last-hour-p90');
});

it('compares at the same cost if the settings include it', () => {
  const replay = fixtureReplay();
  const [foreprint, tracking] = replay.policies;
  const finding = frontierFinding({
    ...replay,
    policies: [
      { ...foreprint!, instanceHours: 100, unservedDemand: 0.05 },
      { ...tracking!, instanceHours: 150, unservedDemand: 0.04 },
    ],
    frontier: [point('foreprint', 100, 0.05), point('foreprint', 200, 0.01)],
  });
  expect(finding).toContain('Foreprint stands at 100 instance-hours with 5% of demand unserved.');
  expect(finding).toContain('at the cost of Target tracking 70% would leave 3% unserved');
});

it('scales to the current settings, and mentions settings above', () => {
  const replay = fixtureReplay();
  const [foreprint] = replay.policies;
  const result = {
    ...replay,
    policies: [{ ...foreprint!, unservedDemand: 0.0311 }],
    frontier: [point('foreprint', 100, 0.5), point('foreprint', 200, 0.01)],
  };
  expect(frontierChart(result).tallest).toBeCloseTo(3.9, 12);
  expect(frontierFinding(result)).toContain('more than 3.9% are only listed in the table');
  const none = { ...result, policies: [{ ...foreprint!, unservedDemand: 0 }], frontier: [] };
  expect(frontierChart(none).tallest).toBe(1);
  expect(frontierFinding(none)).not.toContain('numbers only');
});
