import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import { decide } from '#core/controller/decide.ts';
import { describeDecision } from '#core/controller/describe-decision.ts';
import type { DecisionInput } from '#core/controller/snapshot.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT, type Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { forecastInstances, type DemandForecast } from '#core/evidence/demand-forecast.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';

export interface ExampleInput extends DecisionInput {
  readonly forecast: FootprintForecast | null;
  /** What was observed demands so much; nothing where absent. */
  readonly correction?: Footprint;
}

/** An application of type "web" with one of up to nine instances of ten cores. */
export const exampleInput = (change: Partial<ExampleInput> = {}): ExampleInput => ({
  applicationId: 'shop',
  applicationType: 'web',
  requested: null,
  forecast: null,
  target: {
    limits: { minInstances: 1, maxInstances: 9 },
    instanceCapacity: { ...EMPTY_FOOTPRINT, cpu: 10 },
    desiredInstances: 1,
    inServiceInstances: 1,
  },
  state: null,
  profileVersion: 3,
  nowSeconds: 600,
  ...change,
});

/** What the forecast says of the instances, without memories of similar situations. */
export function demandOf(
  { forecast, target }: Pick<ExampleInput, 'forecast' | 'target'>,
  settings: Settings,
): DemandForecast | null {
  return forecast && forecastInstances({ forecast, target, memories: {} }, settings);
}

/** The decision on an example, as it would be logged. */
export function decideExample(example: ExampleInput, settings: Settings): AllocationDecision {
  const { correction = EMPTY_FOOTPRINT } = example;
  const known = example.state ?? NEW_CONTROLLER_STATE;
  const state = { ...known, correction };
  const demand = demandOf(example, settings);
  const { decision } = decide({ ...example, state }, demand, settings);
  return describeDecision(decision, demand, settings);
}
