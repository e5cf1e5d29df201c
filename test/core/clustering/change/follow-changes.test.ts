import { describe, expect, it } from 'vitest';
import { refineClusters, type RefinementApplication } from '#core/clustering/refine-clusters.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { DAY, MONDAY, windowOf } from '../windows.ts';

const settings = DEFAULT_SETTINGS.clustering;
const CHANGE = MONDAY + 7 * DAY;

/** A week that ends `days` after the change, with one hump a day. */
function week(
  id: string,
  days: number,
  hump: { readonly hour: (seconds: number) => number; readonly level: number },
): RefinementApplication {
  const random = createRandom(id.length + 31 * days + hump.level);
  const window = windowOf(
    {
      cpu: (seconds) => {
        const phase = ((seconds / 3600 - hump.hour(seconds)) / 12) * Math.PI;
        const noise = Math.exp(0.1 * standardNormal(random));
        return hump.level * (1.2 + Math.cos(phase)) * noise;
      },
    },
    { startSeconds: MONDAY + days * DAY },
  );
  return { applicationId: id, applicationType: null, window, divergenceStreak: 0 };
}

/** Four that peak at 6 UTC and four that peak at 18 UTC; one of the former joins the latter. */
const fleetAt = (days: number): RefinementApplication[] => [
  week('changing', days, { hour: (seconds) => (seconds < CHANGE ? 6 : 18), level: 4 }),
  ...[1, 20, 300].map((level) => week(`early-${level}`, days, { hour: () => 6, level })),
  ...[2, 40, 600, 9].map((level) => week(`late-${level}`, days, { hour: () => 18, level })),
];

describe('an application that goes on as members of another cluster do', () => {
  const first = refineClusters({ previous: [], applications: fleetAt(0), settings });
  const second = refineClusters({ previous: first.clusters, applications: fleetAt(2), settings });

  it('moves after two days, with the evidence as its reason, and nobody else does', () => {
    expect(first.clusters).toHaveLength(2);
    expect(second.moves.map(({ applicationId }) => applicationId)).toEqual(['changing']);
    expect(second.moves[0]!.reason).toMatch(
      /^goes on with like-late-\d+ since \d+ hours: evidence [\d.]+ nats, limit 9\.7$/,
    );
  });

  it('stays there while most of its week is from before', () => {
    let last = second;
    for (const days of [3, 4, 5]) {
      const streaks = new Map(last.assignments.map((one) => [one.applicationId, one]));
      const applications = fleetAt(days).map((one) => ({
        ...one,
        divergenceStreak: streaks.get(one.applicationId)!.divergenceStreak,
      }));
      last = refineClusters({ previous: last.clusters, applications, settings });
      expect(last.moves).toEqual([]);
    }
  });

  it('is not moved by one odd day, nor is anybody in a fleet that goes on as before', () => {
    const odd = (seconds: number) => (seconds >= CHANGE && seconds < CHANGE + DAY / 4 ? 18 : 6);
    const applications = fleetAt(1).with(0, week('changing', 1, { hour: odd, level: 4 }));
    const after = refineClusters({ previous: first.clusters, applications, settings });
    expect(after.moves).toEqual([]);
  });
});

describe('an application that goes on as a single other one does', () => {
  it('stays, as two applications that go alike for a while are no cluster', () => {
    const three = (days: number) =>
      fleetAt(days).filter((one) => /changing|early|-2$/.test(one.applicationId));
    const first = refineClusters({ previous: [], applications: three(0), settings });
    expect(first.clusters.map(({ applications }) => applications.length).toSorted()).toEqual([
      1, 4,
    ]);
    const second = refineClusters({ previous: first.clusters, applications: three(2), settings });
    expect(second.moves).toEqual([]);
  });
});
