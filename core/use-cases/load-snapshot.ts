import { withSupply } from '#core/capacity/supply.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import type { Snapshot } from '#core/controller/snapshot.ts';
import { stepStart } from '#core/domain/align-time.ts';
import { footprintAt, isMeasured } from '#core/domain/footprint-at.ts';
import { EMPTY_FOOTPRINT, type Footprint, type FootprintWindow } from '#core/domain/footprint.ts';
import { localSlack } from '#core/domain/local-series.ts';
import type { HistoryStore, ProfileStore, ScalingTarget } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { rememberedSteps, type UsageMemories } from '#core/evidence/remember-usage.ts';
import { readUsual } from '#core/expectation/usual-history.ts';
import { lendingCluster } from '#core/forecasting/forecast-footprint.ts';

export interface SnapshotPorts {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
  readonly incidents: IncidentStore;
  readonly target: ScalingTarget;
  /**
   * Where the caller remembers what was used, only what a forecast looks at is read of the history.
   */
  readonly memories?: UsageMemories;
}

/** A new deployment or a scaling event. */
export interface AllocationRequest {
  readonly applicationId: string;
  /** Overrides the type in the profile; null where nobody said. */
  readonly applicationType: string | null;
  readonly requested: Footprint | null;
  readonly nowSeconds: number;
  /**
   * Whether a measurement of the step that goes on is what is complete of it. A decision then looks
   * ahead from the end of that step, where it has one. Absent: the step is not looked at.
   */
  readonly seesCurrentStep?: boolean;
}

/**
 * Reads all that a decision rests on, at the same time; one more read where a cluster lends its
 * model.
 */
export async function loadSnapshot(
  ports: SnapshotPorts,
  request: AllocationRequest,
  settings: Settings,
): Promise<Snapshot> {
  const { applicationId, applicationType, requested } = request;
  const { stepSeconds, training } = settings;
  const begun = stepStart(request.nowSeconds, stepSeconds);
  const seesCurrentStep = request.seesCurrentStep === true && begun < request.nowSeconds;
  const toSeconds = begun + (seesCurrentStep ? stepSeconds : 0);
  const timeZone = timeZoneOf(applicationId, settings.detection);
  const steps =
    Math.max(training.context, ports.memories ? 0 : rememberedSteps(settings)) +
    localSlack(timeZone, stepSeconds);
  const range = { fromSeconds: toSeconds - steps * stepSeconds, toSeconds };
  const [state, read, usual, profile, target] = await Promise.all([
    ports.incidents.state(applicationId),
    ports.history.read(applicationId, range, stepSeconds),
    readUsual(ports.history, { applicationId, range, stepSeconds }, settings),
    ports.profiles.application(applicationId),
    ports.target.describe(applicationId),
  ]);
  const current = seesCurrentStep ? footprintAt(read, read.values.cpu.length - 1) : EMPTY_FOOTPRINT;
  const isAhead = isMeasured(current);
  const nowSeconds = isAhead ? toSeconds : request.nowSeconds;
  const known = (window: FootprintWindow): FootprintWindow =>
    seesCurrentStep && !isAhead ? sliceWindow(window, 0, window.values.cpu.length - 1) : window;
  return {
    applicationId,
    applicationType: applicationType ?? profile?.applicationType ?? null,
    requested,
    nowSeconds,
    ...(isAhead && { inUse: current }),
    profileVersion: profile?.version ?? null,
    state,
    target: withSupply(target, state?.supply ?? null, nowSeconds),
    profile,
    cluster: await lendingCluster(ports.profiles, profile, settings),
    history: known(read),
    ...(usual && { usual: known(usual) }),
  };
}
