import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';

const amounts = { cpu: 2, memory: 4e9, disk: null, network: 1e6 };

/** A profile that is new to every store. */
export const exampleProfile: ApplicationProfile = {
  applicationId: 'shop',
  applicationType: 'web',
  clusterId: null,
  historicalData: {
    cpu: { store: 'memory', fromSeconds: 0, toSeconds: 300, points: 1, missing: 0 },
  },
  predictiveModel: {},
  divergenceStreak: 0,
  version: 0,
};

export const exampleCluster = (clusterId: string): ClusterProfile => ({
  clusterId,
  applications: ['shop', 'search'],
  averageFootprint: {
    cpu: [
      [0, 1.25],
      [3600, 0.1 + 0.2],
    ],
  },
  medoid: 'shop',
  predictiveModel: {},
  meanLevel: amounts,
  version: 3,
});

export const exampleDecision = (
  applicationId: string,
  decidedAtSeconds: number,
  instances: number,
): AllocationDecision => ({
  applicationId,
  decidedAtSeconds,
  validUntilSeconds: decidedAtSeconds + 300,
  allocated: amounts,
  instances,
  expected: {
    atSeconds: decidedAtSeconds + 3600,
    byResource: { cpu: { lower: 1, median: 1.5, upper: 2 } },
  },
  reason: {
    source: 'default',
    forecast: amounts,
    quantile: 0.9,
    available: amounts,
    unreliable: ['network'],
    safetyMargin: amounts,
    correction: amounts,
    limits: { minInstances: 1, maxInstances: 4 },
    instanceCapacity: amounts,
    model: { cpu: 'ets' },
    profileVersion: null,
    summary: 'It is "web": the default of its type, for now.',
  },
});

export const exampleIncident = (startSeconds: number, endSeconds: number | null): Incident => ({
  applicationId: 'shop',
  resource: 'cpu',
  direction: 'above',
  resources: ['cpu'],
  level: 'page',
  causes: ['point'],
  suspect: 'application',
  afterDeploy: false,
  startSeconds,
  endSeconds,
  severity: 2.5,
  peakActual: 9,
  expected: 4,
  lower: 3,
  upper: 5,
});
