import type { Supply } from '#core/capacity/supply.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { monitorAll } from '#core/use-cases/monitor-all.ts';
import {
  monitorApplication,
  type MonitoringPorts,
  type MonitorRequest,
} from '#core/use-cases/monitor-application.ts';
import { eachGroup, type GroupRun, type RunPorts } from '#functions/groups/each-group.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';

export interface MonitorGroupsPorts extends Omit<MonitoringPorts, 'refreshSupply'>, RunPorts {
  /** Finds out how a group gets new instances, given what is known of it; without it nothing is. */
  readonly refreshSupply?: (group: EnrolledGroup, before: Supply | null) => Promise<Supply | null>;
  /** The settings of one group; those of all where absent. */
  readonly settingsOf?: (group: EnrolledGroup) => Promise<Settings>;
  /** Has applications trained at once whose forecasts fail; without it the schedule will do. */
  readonly requestTraining?: (applicationIds: readonly string[]) => Promise<void>;
}

export interface MonitoringRun extends GroupRun {
  /** Incidents that opened. */
  readonly opened: number;
}

type Clocked = Pick<MonitorRequest, 'nowSeconds' | 'clockSeconds'>;

/**
 * Monitors every group as of `nowSeconds`, see `monitorAll`; one that fails is reported and does
 * not stop the others.
 * @throws RunFailed where all do.
 */
export async function monitorGroups(
  ports: MonitorGroupsPorts,
  {
    groups,
    nowSeconds,
  }: { readonly groups: readonly EnrolledGroup[]; readonly nowSeconds: number },
  settings: Settings,
): Promise<MonitoringRun> {
  const { refreshSupply, requestTraining, settingsOf = async () => settings } = ports;
  let opened = 0;
  const run = await monitorAll<EnrolledGroup & Clocked, GroupRun>(
    {
      ...ports,
      monitor: async (own, request) => {
        const group = groups.find(({ applicationId }) => applicationId === request.applicationId);
        return monitorApplication(own, request, group ? await settingsOf(group) : settings);
      },
      each: (work) => eachGroup(groups, (group) => monitor(group, work), ports),
      ...(refreshSupply && { refreshSupply }),
      async follow({ applicationId }, result) {
        opened += result.opened.length;
        // The state is saved: the next training by the schedule heeds it even if none can be asked
        // for.
        if (result.retrain.length > 0) await requestTraining?.([applicationId]);
      },
    },
    nowSeconds,
    settings,
  );
  return { ...run, opened };

  async function monitor(
    group: EnrolledGroup,
    work: (request: EnrolledGroup & Clocked) => Promise<void>,
  ): Promise<void> {
    // A group that was scaled to nothing measures nothing, and that is no silence.
    if (group.known.desired > 0) await work({ ...group, nowSeconds, clockSeconds: nowSeconds });
  }
}
