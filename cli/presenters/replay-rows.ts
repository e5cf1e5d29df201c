import type { OutputColumn } from '#adapters/local/tables/table-writer.ts';
import type { RequestedFleet } from '#cli/work/requested-hours.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';

const REQUEST_COLUMNS: readonly OutputColumn[] = [
  { name: 'requested_cpu', type: 'number' },
  { name: 'requested_memory', type: 'number' },
  { name: 'requested_instance_hours', type: 'number' },
];

const COLUMNS: readonly OutputColumn[] = [
  { name: 'application_id', type: 'text' },
  { name: 'cost', type: 'text' },
  { name: 'service', type: 'text' },
  { name: 'policy', type: 'text' },
  { name: 'instance_hours', type: 'number' },
  { name: 'unserved_demand', type: 'number' },
  { name: 'short_steps', type: 'number' },
  { name: 'scaling_actions', type: 'integer' },
];

/**
 * The table of applications: one row for every application and policy. The verdict, which is
 * Foreprint's, stands in every row of an application, and so does what its pods request, where that
 * is known.
 */
export function replayTable(
  { applications, policies: shown }: ReplayResult,
  requested: RequestedFleet | null,
) {
  const names = new Set(shown.map(({ name }) => name));
  const columns = requested === null ? COLUMNS : [...COLUMNS, ...REQUEST_COLUMNS];
  const rows = applications.flatMap(({ applicationId, verdict, policies }) => {
    const own = requested?.byApplication.get(applicationId);
    const asked =
      requested === null ? [] : [own?.cpu ?? null, own?.memory ?? null, own?.instanceHours ?? null];
    return policies
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
        ...asked,
      ]);
  });
  return { columns, rows };
}
