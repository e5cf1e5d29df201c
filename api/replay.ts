import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { instanceProblem } from '#evaluation/replay/policy-plan.ts';
import { replayFleet } from '#evaluation/replay/replay-fleet.ts';
import type { PolicySummary } from '#evaluation/replay/replay-result.ts';
import { FOREPRINT, type ReplayedApplication } from '#evaluation/replay/summarize-run.ts';
import { DEFAULT_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { planPolicies, POLICY_NAMES } from '#tasks/plan-policies.ts';
import { requireCapacity } from './bounds.ts';
import type { FleetReplay, FleetTrace, PolicyFigures, ReplayOptions } from './types/fleet.ts';
import { usageWindow } from './usage-window.ts';

/**
 * Replays a fleet through the whole system and the policies that it is compared with, in this
 * thread. The first week is history; what follows is counted.
 * @throws RangeError for an unknown policy, unusable usage, a resource that is not measured, or a
 *   number out of bounds; TraceTooShort for at most a week.
 */
export async function replay(trace: FleetTrace, options: ReplayOptions = {}): Promise<FleetReplay> {
  const { policies = [targetTracking.name], resources = ['cpu'], instance, objective } = options;
  const unknown = policies.find((name) => !POLICY_NAMES.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`no policy "${unknown}"; there are ${POLICY_NAMES.join(', ')}`);
  }
  requireMeasured(trace, resources);
  if (instance !== undefined) {
    requireCapacity(instance);
    const unsized = instanceProblem(instance, resources);
    if (unsized !== null) throw new RangeError(`instance ${unsized}`);
  }
  if (objective !== undefined && !(objective > 0 && objective <= 1)) {
    throw new RangeError(`objective is ${objective}, expected a share above 0, at most 1`);
  }
  const { stepSeconds } = trace;
  const plan = planPolicies({
    policies: [FOREPRINT, ...policies],
    // A frontier is a replay of its own for each of its points.
    knobs: new Map([FOREPRINT, ...policies].map((name) => [name, []])),
    instance,
    service: { ...DEFAULT_SERVICE, ...(objective !== undefined && { objective }) },
  });
  const applications = trace.applications.map(({ applicationId, usage }) => {
    return { applicationId, applicationType: null, window: usageWindow(trace, usage) };
  });
  const lengths = new Set(applications.map(({ window }) => window.values.cpu.length));
  if (lengths.size > 1) {
    throw new RangeError(
      `applications have ${[...lengths].join(', ')} values, expected as many each`,
    );
  }
  const { replayTask } = await import('#tasks/replay-task.ts');
  const { trainTask } = await import('#tasks/train-task.ts');
  const result = await replayFleet(
    {
      models: createMemoryModelStore(),
      trainer: trainTask,
      runJob: oneByOne((job) => replayTask(job, () => undefined)),
      onProgress: () => undefined,
    },
    { sources: [], simulated: false, stepSeconds, applications, plan },
    { ...DEFAULT_SETTINGS, resources, stepSeconds },
  );
  return {
    evaluatedFromSeconds: result.trace.evaluatedFromSeconds,
    policies: result.policies.map(figuresOf),
    applications: result.applications.map((application) => ({
      applicationId: application.applicationId,
      policies: application.policies.map(figuresOf),
      verdict: application.verdict,
    })),
  };
}

function requireMeasured(
  { applications }: FleetTrace,
  resources: NonNullable<ReplayOptions['resources']>,
): void {
  if (resources.length === 0) {
    throw new RangeError(`resources names none of ${RESOURCES.join(', ')}`);
  }
  for (const resource of resources) {
    const isMeasured = applications.some(({ usage }) =>
      usage[resource]?.some((value) => value !== null && !Number.isNaN(value)),
    );
    if (!isMeasured) throw new RangeError(`no application has usage of ${resource}`);
  }
}

/** Replays share one thread, so that side by side they would only take more memory. */
function oneByOne<Job>(
  run: (job: Job) => Promise<ReplayedApplication>,
): (job: Job) => Promise<ReplayedApplication> {
  let previous: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = previous.then(() => run(job));
    previous = result.catch(() => undefined);
    return result;
  };
}

function figuresOf(summary: PolicySummary): PolicyFigures {
  const { name, instanceHours, unservedDemand, shortSteps, scalingActions } = summary;
  return { name, instanceHours, unservedDemand, shortSteps, scalingActions };
}
