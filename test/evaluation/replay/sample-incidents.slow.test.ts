import { describe, expect, it } from 'vitest';
import { perResource, type Resource } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { trainerInProcess } from '#core/training/train-in-process.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import type { SampleEvent } from '#evaluation/sample-fleet/fleet-events.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';

const DAY = 86_400;
const DAY_STEPS = DAY / 300;
const START = Date.UTC(2026, 0, 5) / 1000;

const fleet = createSampleFleet({ seed: 1, startSeconds: START });

/** Days before and after an event that are replayed too: alerts there would be false ones. */
const [BEFORE, AFTER] = [1, 3];

/** Incidents of the days around an event, after a training on all that was measured before. */
async function incidentsOf(
  { applicationId, fromSeconds }: SampleEvent,
  resource: Resource,
  ports = memoryPorts(),
) {
  const application = fleet.applications.find((one) => one.applicationId === applicationId)!;
  const { window } = application;
  const firstDay = Math.floor((fromSeconds - START) / DAY) - BEFORE;
  const days = BEFORE + 1 + AFTER;
  const toStep = (firstDay + days) * DAY_STEPS;
  const values = perResource((name) => window.values[name].subarray(0, toStep));
  const { replay } = await replayApplication(ports, {
    ...application,
    window: { ...window, values },
    fromStep: firstDay * DAY_STEPS,
    settings: { ...DEFAULT_SETTINGS, resources: [resource] },
    plan: { quantiles: [], baselines: [] },
    // No later one: what is then taken for normal, monitoring has learned alone.
    visits: [
      {
        atSeconds: START + firstDay * DAY,
        clusterId: null,
        divergenceStreak: 0,
        cluster: null,
      },
    ],
    clusterModels: [],
  });
  return replay.incidents;
}

const eventOf = (applicationId: string, kind: string) =>
  fleet.events.find((event) => event.applicationId === applicationId && event.kind === kind)!;

describe('what happens to the sample fleet', () => {
  it('a rush is one incident that begins within half an hour and ends by itself', async () => {
    const rush = eventOf('shop-us-east', 'traffic-spike');
    const incidents = await incidentsOf(rush, 'cpu');
    expect(incidents.length).toBe(1);
    const [incident] = incidents;
    expect(incident!.direction).toBe('above');
    expect(incident!.startSeconds).toBeGreaterThanOrEqual(rush.fromSeconds);
    expect(incident!.startSeconds).toBeLessThan(rush.fromSeconds + DAY / 48);
    expect(incident!.endSeconds! - rush.toSeconds).toBeLessThan(DAY / 12);
  });

  it('a deploy that needs more is noticed on the day and then taken for normal', async () => {
    const deploy = eventOf('checkout-eu', 'deploy');
    // Of few candidates none follows the new level as closely as the best of all.
    const trainer = trainerInProcess(() => undefined, null);
    const incidents = await incidentsOf(deploy, 'cpu', { ...memoryPorts(), trainer });
    const starts = incidents.map(({ startSeconds }) => startSeconds);
    expect(starts.length).toBeGreaterThan(0);
    for (const start of starts) {
      expect(start).toBeGreaterThanOrEqual(deploy.fromSeconds);
      expect(start).toBeLessThan(deploy.fromSeconds + DAY);
    }
  });

  it('a holiday is less than a working day, and only that', async () => {
    const holiday = eventOf('hr-portal', 'holiday');
    const incidents = await incidentsOf(holiday, 'cpu');
    expect(incidents.length).toBeGreaterThan(0);
    for (const incident of incidents) {
      expect(incident.direction).toBe('below');
      expect(incident.startSeconds).toBeGreaterThanOrEqual(holiday.fromSeconds);
      expect(incident.startSeconds).toBeLessThan(holiday.toSeconds);
    }
  });

  it('a leak shows when the restart frees the memory', async () => {
    const leak = eventOf('session-cache-eu', 'memory-leak');
    const incidents = await incidentsOf(leak, 'memory');
    expect(incidents.length).toBeGreaterThan(0);
    for (const { startSeconds } of incidents) {
      expect(startSeconds).toBeGreaterThanOrEqual(leak.fromSeconds);
      expect(startSeconds).toBeLessThan(leak.toSeconds);
    }
  });
});
