import { describe, expect, it } from 'vitest';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import type { HistoryStore, ProfileStore } from '#core/domain/ports.ts';
import { VersionConflict } from '#core/domain/ports.ts';
import { newProfile } from '#core/domain/profile-update.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { recluster } from '#core/use-cases/recluster.ts';
import { DAY, humpedCpu, MONDAY } from '#test/core/clustering/windows.ts';

const NOW = MONDAY + 7 * DAY;

async function store(history: HistoryStore, applicationId: string, window: FootprintWindow) {
  const points = [...window.values.cpu].map((cpu, step) => ({
    timestampSeconds: window.startSeconds + step * window.stepSeconds,
    footprint: { cpu, memory: null, disk: null, network: null },
  }));
  await history.append([{ applicationId, applicationType: 'web', points }]);
}

async function fixture() {
  const ports = { history: createMemoryHistoryStore(), profiles: createMemoryProfileStore() };
  for (const [k, hour] of [6, 6, 6, 18, 18, 18].entries()) {
    await store(ports.history, `app-${k}`, humpedCpu(hour, 1 + k, k));
  }
  return ports;
}

describe('recluster', () => {
  it('writes cluster profiles and creates the profiles of applications that have none', async () => {
    const ports = await fixture();
    const outcome = await recluster(ports, NOW + 17, DEFAULT_SETTINGS);
    expect(outcome.failures).toEqual([]);
    expect(await ports.profiles.clusters()).toEqual(outcome.clusters);
    expect(outcome.clusters.map((c) => c.applications)).toEqual([
      ['app-0', 'app-1', 'app-2'],
      ['app-3', 'app-4', 'app-5'],
    ]);
    const profile = await ports.profiles.application('app-4');
    expect(profile).toMatchObject({
      applicationType: 'web',
      clusterId: outcome.clusters[1]!.clusterId,
      version: 1,
    });
  });

  it('changes nothing but the cluster and the streak of a profile, and only when they change', async () => {
    const ports = await fixture();
    const stored = {
      ...newProfile('app-0', 'web'),
      historicalData: { cpu: { store: 'x' } as never },
    };
    await ports.profiles.putApplication(stored);
    await recluster(ports, NOW, DEFAULT_SETTINGS);
    const once = await ports.profiles.application('app-0');
    expect(once).toMatchObject({ historicalData: { cpu: { store: 'x' } }, version: 2 });
    expect(once!.clusterId).not.toBeNull();
    await recluster(ports, NOW, DEFAULT_SETTINGS);
    expect((await ports.profiles.application('app-0'))!.version).toBe(2);
  });

  it('reads again when somebody else wrote a profile meanwhile', async () => {
    const ports = await fixture();
    await ports.profiles.putApplication(newProfile('app-0', 'web'));
    let raced = false;
    const racing: ProfileStore = {
      ...ports.profiles,
      putApplication: async (profile) => {
        if (!raced && profile.applicationId === 'app-0') {
          raced = true;
          const stored = (await ports.profiles.application('app-0'))!;
          await ports.profiles.putApplication({ ...stored, applicationType: 'batch' });
        }
        return ports.profiles.putApplication(profile);
      },
    };
    const outcome = await recluster({ ...ports, profiles: racing }, NOW, DEFAULT_SETTINGS);
    expect(outcome.failures).toEqual([]);
    const profile = await ports.profiles.application('app-0');
    expect(profile!.applicationType).toBe('batch');
    expect(profile!.clusterId).not.toBeNull();
  });

  it('reports a profile that cannot be written and writes the others; the next run repairs it', async () => {
    const ports = await fixture();
    const refusing: ProfileStore = {
      ...ports.profiles,
      putApplication: (profile) =>
        profile.applicationId === 'app-1'
          ? Promise.reject(new VersionConflict('app-1', 0, 3))
          : ports.profiles.putApplication(profile),
    };
    const outcome = await recluster({ ...ports, profiles: refusing }, NOW, DEFAULT_SETTINGS);
    expect(outcome.failures.map(({ applicationId }) => applicationId)).toEqual(['app-1']);
    expect((await ports.profiles.applications()).length).toBe(5);
    await recluster(ports, NOW, DEFAULT_SETTINGS);
    expect((await ports.profiles.application('app-1'))!.clusterId).toBe(
      outcome.clusters[0]!.clusterId,
    );
  });

  it('leaves clusters of applications that measure nothing now as they are', async () => {
    const ports = await fixture();
    const before = await recluster(ports, NOW, DEFAULT_SETTINGS);
    const later = humpedCpu(12, 1, 7);
    await store(ports.history, 'host', { ...later, startSeconds: NOW + 30 * DAY });
    const outcome = await recluster(ports, NOW + 37 * DAY, DEFAULT_SETTINGS);
    expect(outcome.clusters).toEqual(expect.arrayContaining([...before.clusters]));
    expect(outcome.moves.map(({ applicationId }) => applicationId)).not.toContain('app-0');
    const profile = await ports.profiles.application('app-4');
    expect(profile!.clusterId).toBe(before.clusters[1]!.clusterId);
  });

  it('compares the shapes of the resources that are forecast, and no others', async () => {
    const ports = await fixture();
    const outcome = await recluster(ports, NOW, { ...DEFAULT_SETTINGS, resources: ['memory'] });
    expect(outcome.clusters).toEqual([]);
    expect(outcome.assignments.every(({ clusterId }) => clusterId === null)).toBe(true);
  });

  it('does nothing with an empty store', async () => {
    const ports = { history: createMemoryHistoryStore(), profiles: createMemoryProfileStore() };
    expect(await recluster(ports, NOW, DEFAULT_SETTINGS)).toEqual({
      clusters: [],
      assignments: [],
      moves: [],
      failures: [],
    });
  });
});
