import type { Supply } from '#core/capacity/supply.ts';
import { createDigestNotifier } from '#core/detection/incidents/digest-notifier.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { confirmAnnounced } from './announce.ts';
import type { MonitorApplication, MonitoringPorts, MonitorRequest } from './monitor-application.ts';

export interface MonitorAllPorts<Application, Run> extends Omit<MonitoringPorts, 'refreshSupply'> {
  /** Monitors one application; `monitorApplication`. */
  readonly monitor: MonitorApplication;
  /** Works on every application; one that fails does not keep the others from being monitored. */
  each(work: (application: Application) => Promise<void>): Promise<Run>;
  /** Finds out how an application gets new instances; without it nothing is found out. */
  refreshSupply?(application: Application, before: Supply | null): Promise<Supply | null>;
  /** Does what a result calls for, after its state was saved: a training, a new decision. */
  follow(application: Application, result: MonitoringResult): Promise<void>;
}

/**
 * One interval of monitoring over all applications. Where many open an incident at once, people
 * hear of all in one message at the end.
 * @returns what `each` returns.
 * @throws what `each` throws; incidents that were held back are then published by the next run.
 */
export async function monitorAll<Application extends MonitorRequest, Run>(
  ports: MonitorAllPorts<Application, Run>,
  nowSeconds: number,
  settings: Settings,
): Promise<Run> {
  const digest = createDigestNotifier(ports.notifier, settings.detection.digest);
  const { refreshSupply, monitor, ...others } = ports;
  const run = await ports.each(async (application) => {
    const own = {
      ...others,
      notifier: digest,
      ...(refreshSupply && {
        refreshSupply: (before: Supply | null) => refreshSupply(application, before),
      }),
    };
    const result = await monitor(own, application, settings);
    if (result !== null) await ports.follow(application, result);
  });
  for (const applicationId of await digest.flush(nowSeconds)) {
    await confirmAnnounced(ports.incidents, applicationId);
  }
  return run;
}
