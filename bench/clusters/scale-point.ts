/**
 * One refinement of so many applications from an empty store, and the next one, in a process of its
 * own for a peak memory of its own. Prints what both took as JSON.
 */
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { cpuSecondsSince } from '#bench/cpu-seconds.ts';
import { perResource } from '#core/domain/footprint.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import { forkRandom } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { recluster } from '#core/use-cases/recluster.ts';
import { SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';

/** Days that an application may be ahead of another one of its kind. */
const DAYS = 28;
/** Of a value, either way. */
const NOISE = 0.2;

const { stepSeconds, clustering } = DEFAULT_SETTINGS;
const { applications: kinds } = createSampleFleet({
  seed: 2,
  startSeconds: SAMPLE_START_SECONDS,
  days: DAYS,
});
const weekSteps = clustering.windowSeconds / stepSeconds;
const nowSeconds = SAMPLE_START_SECONDS + clustering.windowSeconds;

/** Applications of the sample's kinds, each with a week, a level and noise of its own. */
function fleetOf(size: number): HistoryStore {
  const histories = Array.from({ length: size }, (_, k) => ({
    applicationId: `a${String(k).padStart(6, '0')}`,
    applicationType: kinds[k % kinds.length]!.applicationType,
    firstSeconds: SAMPLE_START_SECONDS,
    lastSeconds: nowSeconds - stepSeconds,
    points: weekSteps,
    stepSeconds,
  }));
  return {
    location: 'made as it is read',
    append: async () => undefined,
    applications: async () => histories,
    application: async (id) => histories.find(({ applicationId }) => applicationId === id) ?? null,
    read: async (applicationId, range) => {
      const random = forkRandom(1, applicationId);
      const kind = kinds[Number(applicationId.slice(1)) % kinds.length]!.window;
      const week = Math.floor(random() * (DAYS / 7)) * weekSteps;
      const level = 0.1 + 10 * random();
      const window = sliceWindow(kind, week, week + weekSteps);
      const values = perResource((resource) =>
        window.values[resource].map((value) => value * level * (1 + NOISE * (random() - 0.5))),
      );
      return { startSeconds: range.fromSeconds, stepSeconds, values };
    },
  };
}

const size = Number(process.argv[2]);
const ports = { history: fleetOf(size), profiles: createMemoryProfileStore() };
const seconds: number[] = [];
let clusters = 0;
for (let run = 0; run < 2; run++) {
  const started = process.cpuUsage();
  ({
    clusters: { length: clusters },
  } = await recluster(ports, nowSeconds, DEFAULT_SETTINGS));
  seconds.push(cpuSecondsSince(started));
}
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ size, seconds, clusters, peakMegabytes }));
