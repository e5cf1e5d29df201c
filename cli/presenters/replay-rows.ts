import type { OutputColumn } from '#adapters/local/tables/table-writer.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';

/** Columns of the table of applications: one row for every application and policy. */
export const REPLAY_COLUMNS: readonly OutputColumn[] = [
  { name: 'application_id', type: 'text' },
  { name: 'cost', type: 'text' },
  { name: 'service', type: 'text' },
  { name: 'policy', type: 'text' },
  { name: 'instance_hours', type: 'number' },
  { name: 'unserved_demand', type: 'number' },
  { name: 'short_steps', type: 'number' },
  { name: 'scaling_actions', type: 'integer' },
];

/** The verdict, which is Foreprint's, stands in every row of an application. */
export function replayRows({ applications, policies: shown }: ReplayResult) {
  const names = new Set(shown.map(({ name }) => name));
  return applications.flatMap(({ applicationId, verdict, policies }) =>
    policies
      .filter(({ name }) => names.has(name))
      .map(({ name, instanceHours, unservedDemand, shortSteps, scalingActions }) => [
        applicationId,
        verdict?.cost ?? null,
        verdict?.service ?? null,
        name,
        instanceHours,
        unservedDemand,
        shortSteps,
        scalingActions,
      ]),
  );
}
