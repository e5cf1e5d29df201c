import type { Progress } from '#cli/progress/progress.ts';
import { eachInParallel } from '#cli/workers/each-in-parallel.ts';
import { withWorkerPool } from '#cli/workers/worker-pool.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { ModeFigures } from '#evaluation/account/plan-modes.ts';
import { groupScenario } from './group-scenario.ts';
import type { PlannedGroup } from './planned-group.ts';
import type { PlanTrace } from './read-plan-trace.ts';

export interface ComparedModes {
  readonly groups: readonly PlannedGroup[];
  readonly trace: PlanTrace;
  readonly evaluatedFromSeconds: number;
  readonly settings: Settings;
}

export interface Comparing {
  readonly workers: number | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** By group: what every mode would have done, or why it cannot be told. */
export async function compareModes(
  compared: ComparedModes,
  { progress, ...pooling }: Comparing,
): Promise<ReadonlyMap<string, ModeFigures | string>> {
  const { groups, trace, evaluatedFromSeconds, settings } = compared;
  const planned = trace.applications.flatMap((application) => {
    const group = groups.find(({ name }) => name === application.applicationId);
    if (group === undefined) return [];
    const { name } = group;
    const instances = trace.instances.get(name) ?? new Map<number, number>();
    const monitoringSeconds = trace.monitoringSeconds.get(name) ?? 300;
    const input = { group, application, instances, monitoringSeconds };
    return [{ name, modes: groupScenario({ ...input, evaluatedFromSeconds, settings }) }];
  });
  const figures = new Map<string, ModeFigures | string>();
  progress.start('Comparing modes', planned.length);
  await withWorkerPool(pooling, (pool) =>
    eachInParallel(
      planned,
      {
        width: pool.size,
        work: async ({ modes }) =>
          typeof modes === 'string' ? modes : pool.run<ModeFigures>('plan', modes),
      },
      (result, k) => {
        const one = planned[k];
        if (one) figures.set(one.name, result);
        progress.update(k + 1);
      },
    ),
  );
  return figures;
}
