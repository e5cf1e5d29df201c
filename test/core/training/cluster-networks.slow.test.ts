import { beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { updateProfile } from '#core/domain/profile-update.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { clusterNetworks } from '#core/training/cluster-networks.ts';
import { trainNetwork } from '#core/training/train-network.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { trainCluster } from '#core/use-cases/train-cluster.ts';
import { cpuWindow, dailyCpu, HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory } from '#test/core/shop-ports.ts';

const SETTINGS = {
  ...HOURLY,
  training: {
    ...HOURLY.training,
    network: { epochs: 2, tuneEpochs: 1, windows: 64, hidden: 4, seed: 1 },
  },
};
const CLUSTER: ClusterProfile = {
  clusterId: 'one',
  applications: ['shop', 'store'],
  averageFootprint: {},
  medoid: 'shop',
  predictiveModel: {},
  meanLevel: EMPTY_FOOTPRINT,
  version: 1,
};

/**
 * Ports with "shop" in a cluster that was trained on its first 20 days, with a network whatever
 * became of it.
 */
async function portsWithCluster() {
  const ports = await portsWithHistory(28);
  const windows = [cpuWindow(dailyCpu(20)), cpuWindow(dailyCpu(20, 3, 1))];
  const trainer: typeof ports.trainer = async (job) => {
    const [result, network] = [await ports.trainer(job), await trainNetwork(job)];
    return result.kind === 'trained' ? { ...result, network: network! } : result;
  };
  const cluster = await trainCluster(
    { ...ports, trainer },
    { cluster: CLUSTER, windows },
    SETTINGS,
  );
  await ports.profiles.putClusters([cluster]);
  const shop = { applicationId: 'shop', applicationType: 'web' };
  await updateProfile(ports.profiles, shop, (profile) => ({ ...profile, clusterId: 'one' }));
  return { ports, cluster };
}

let made: Awaited<ReturnType<typeof portsWithCluster>>;
beforeAll(async () => {
  made = await portsWithCluster();
});

describe('clusterNetworks', () => {
  it('offers what the cluster of an application keeps, by resource', async () => {
    const { ports, cluster } = made;
    const profile = await ports.profiles.application('shop');
    const networkOf = await clusterNetworks(ports, profile, SETTINGS.training.network);
    expect(await networkOf('cpu')).toMatchObject({
      network: { hidden: 4, levels: HOURLY.training.levels },
      learnedToSeconds: MONDAY + 10 * DAY,
      tuneEpochs: 1,
    });
    expect(cluster.predictiveModel.cpu?.network?.learnedToSeconds).toBe(MONDAY + 10 * DAY);
    expect(await networkOf('memory')).toBeNull();
  });

  it('offers nothing without a cluster, where it is turned off, and where the file is gone', async () => {
    const { ports } = made;
    const profile = await ports.profiles.application('shop');
    const { network } = SETTINGS.training;
    const alone = await clusterNetworks(ports, { ...profile!, clusterId: null }, network);
    expect(await alone('cpu')).toBeNull();
    const off = await clusterNetworks(ports, profile, { ...network, tuneEpochs: 0 });
    expect(await off('cpu')).toBeNull();
    const models = { ...ports.models, get: () => Promise.reject(new Error('gone')) };
    const lost = await clusterNetworks({ ...ports, models }, profile, network);
    expect(await lost('cpu')).toBeNull();
  });

  it('lets the network compete in the training of a member', async () => {
    const { ports } = made;
    const now = MONDAY + 28 * DAY;
    const { trained } = await trainApplication(ports, 'shop', now, SETTINGS);
    const scored = trained.cpu!.crossValidation.filter(({ loss }) => loss !== null);
    expect(scored.filter(({ model }) => /^lstm(-tuned)?$/.test(model))).toHaveLength(1);
  });
});
