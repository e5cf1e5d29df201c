import { describe, expect, it } from 'vitest';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import { forecastDemand } from '#core/use-cases/forecast-demand.ts';
import { loadSnapshot } from '#core/use-cases/load-snapshot.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { exampleCluster } from '#test/adapters/contracts/example-profiles.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory, request, scalingTarget } from '#test/core/shop-ports.ts';

const NOW = MONDAY + 14 * DAY;
const asked = { ...request, nowSeconds: NOW };

/** Ports that note what is read, and answer no read before all of `together` were asked for. */
async function watchedPorts(together: number) {
  const ports = { ...(await portsWithHistory(14)), target: scalingTarget() };
  const reads: string[] = [];
  let release = () => {};
  const all = new Promise<void>((resolve) => (release = resolve));
  const watch = async <T>(name: string, read: () => Promise<T>): Promise<T> => {
    if (reads.push(name) === together) release();
    await all;
    return read();
  };
  const { history, profiles, incidents, target } = ports;
  const watched = {
    ...ports,
    history: {
      ...history,
      read: (...given: Parameters<typeof history.read>) =>
        watch('history', () => history.read(...given)),
    },
    profiles: {
      ...profiles,
      application: (id: string) => watch('profile', () => profiles.application(id)),
      clusters: () => watch('clusters', () => profiles.clusters()),
    },
    incidents: { ...incidents, state: (id: string) => watch('state', () => incidents.state(id)) },
    target: { ...target, describe: (id: string) => watch('target', () => target.describe(id)) },
  };
  return { ports, watched, reads };
}

describe('loadSnapshot', () => {
  it('reads everything at the same time, and nothing twice, up to the forecast', async () => {
    const { ports, watched, reads } = await watchedPorts(4);
    await trainApplication(ports, 'shop', NOW, HOURLY);
    const snapshot = await loadSnapshot(watched, asked, HOURLY);
    const known = { snapshot, wholeHorizon: false };
    expect((await forecastDemand(watched, known, HOURLY))?.source).toBe('forecast');
    expect(reads).toEqual(['state', 'history', 'profile', 'target']);
  });

  it('reads the clusters only where a resource borrows a model', async () => {
    const { ports, watched, reads } = await watchedPorts(4);
    const cluster = exampleCluster('cluster-a');
    await ports.profiles.putClusters([cluster]);
    await ports.profiles.putApplication({
      ...{ applicationId: 'shop', applicationType: 'web', clusterId: 'cluster-a', version: 0 },
      ...{ historicalData: {}, predictiveModel: {}, divergenceStreak: 0 },
    });
    expect((await loadSnapshot(watched, asked, HOURLY)).cluster).toMatchObject({
      clusterId: 'cluster-a',
    });
    await trainApplication(ports, 'shop', NOW, HOURLY);
    expect((await loadSnapshot(watched, asked, HOURLY)).cluster).toBeNull();
    expect(reads.filter((name) => name === 'clusters')).toHaveLength(1);
  });

  it('gives the state and what the supply that it knows leaves of the target', async () => {
    const { ports } = await watchedPorts(4);
    const supply = {
      ...{ startsSeconds: [], freeCpus: null, askedAtSeconds: NOW },
      refusals: [{ atSeconds: NOW - 60, instances: 3 }],
    };
    const state = { ...NEW_CONTROLLER_STATE, supply };
    expect((await loadSnapshot(ports, asked, HOURLY)).state).toBeNull();
    await ports.incidents.save('shop', state, []);
    const snapshot = await loadSnapshot(ports, asked, HOURLY);
    expect(snapshot.state).toEqual(state);
    expect(snapshot.target).toMatchObject({ desiredInstances: 1, availableInstances: 4 });
  });

  it('fails where one of its reads does', async () => {
    const { ports } = await watchedPorts(4);
    const incidents = { ...ports.incidents, state: () => Promise.reject(new Error('throttled')) };
    await expect(loadSnapshot({ ...ports, incidents }, asked, HOURLY)).rejects.toThrow('throttled');
  });
});
