import { withLearnedWarmUp } from '#core/capacity/supply.ts';
import { decide } from '#core/controller/decide.ts';
import { describeDecision } from '#core/controller/describe-decision.ts';
import type { Snapshot } from '#core/controller/snapshot.ts';
import { stepStart } from '#core/domain/align-time.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { ModelFault } from '#core/domain/model-fault.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { DemandForecast } from '#core/evidence/demand-forecast.ts';
import { commit, type CommitPorts } from './commit.ts';
import { forecastDemand, type DemandPorts } from './forecast-demand.ts';
import { loadSnapshot, type AllocationRequest, type SnapshotPorts } from './load-snapshot.ts';
import { noteModelFaults } from './note-model-faults.ts';

export interface AllocationPorts extends SnapshotPorts, DemandPorts, CommitPorts {}

export interface Allocation {
  readonly decision: AllocationDecision;
  /** What the decision rests on. */
  readonly snapshot: Snapshot;
  readonly forecast: DemandForecast | null;
}

/**
 * Answers one request: reads what is known, forecasts, decides, logs, applies. The start-up time is
 * the application's own where it was learned, and no more is given than its supply has.
 * @param request `wholeHorizon` forecasts every step of the horizon, so that the forecast can be
 * drawn.
 */
export async function allocate(
  ports: AllocationPorts,
  request: AllocationRequest & { readonly wholeHorizon?: boolean },
  configured: Settings,
): Promise<Allocation> {
  const { wholeHorizon = false } = request;
  const snapshot = await loadSnapshot(ports, request, configured);
  const learned = withLearnedWarmUp(configured, snapshot.state?.supply ?? null);
  const settings = request.seesCurrentStep ? fromStepStart(learned, request, snapshot) : learned;
  const faults: ModelFault[] = [];
  const modelFault = (fault: ModelFault): void => void faults.push(fault);
  const { history, forecasters, memories, profiles: lenders } = ports;
  const asking: DemandPorts = {
    history,
    forecasters,
    lenders,
    modelFault,
    ...(memories && { memories }),
  };
  const forecast = await forecastDemand(asking, { snapshot, wholeHorizon }, settings);
  const { decision, state } = decide(snapshot, forecast, settings);
  const described = noteModelFaults(describeDecision(decision, forecast, settings), faults);
  await commit(ports, snapshot, { decision: described, state }, settings.allocation.mode);
  return { decision: described, snapshot, forecast };
}

/**
 * The settings with the warm-up counted from the start of the first step that the decision looks at
 * until what is asked for now serves.
 */
function fromStepStart(
  settings: Settings,
  request: Pick<AllocationRequest, 'nowSeconds'>,
  snapshot: Pick<Snapshot, 'nowSeconds'>,
): Settings {
  const lookedFrom = stepStart(snapshot.nowSeconds, settings.stepSeconds);
  const warmUpSeconds = settings.allocation.warmUpSeconds + request.nowSeconds - lookedFrom;
  return {
    ...settings,
    allocation: { ...settings.allocation, warmUpSeconds: Math.max(0, warmUpSeconds) },
  };
}
