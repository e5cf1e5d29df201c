import { expect, it } from 'vitest';
import { cachedJobs } from '#cli/work/replay-cache.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { planPolicies } from '#tasks/plan-policies.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { cpuWindow, dailyCpu, HOURLY } from '#test/core/hourly-fleet.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';

const job = (level: number): ReplayJob => ({
  applicationId: 'shop',
  applicationType: null,
  window: cpuWindow(dailyCpu(8, level)),
  fromStep: 7 * 24,
  settings: HOURLY,
  plan: planPolicies({
    policies: ['oracle'],
    knobs: new Map(),
    instance: { cpu: 2 },
    service: WHOLE_SERVICE,
  }),
  visits: [],
  clusterModels: [],
});

it('takes a finished application from the directory, and replays what changed anew', async () => {
  const directory = await temporaryDirectory();
  let runs = 0;
  const run = await cachedJobs(directory, (asked) => {
    runs++;
    return replayApplication(memoryPorts(), asked);
  });
  const first = await run(job(10));
  expect(first.replay.policies.map(({ name }) => name)).toEqual(['foreprint', 'oracle']);
  expect(first.replay.instanceCapacity).toEqual({ cpu: 2 });
  expect(await run(job(10))).toEqual(first);
  expect(runs).toBe(1);
  expect(await run(job(11))).not.toEqual(first);
  expect(runs).toBe(2);
});
