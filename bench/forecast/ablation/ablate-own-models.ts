import { networkFamilies } from '#core/training/network-families.ts';
import type { TrainingJob } from '#core/training/trainer.ts';
import { gatherEvidence } from '#models/calibration/gather-evidence.ts';
import type { ForecastModel, ModelFamily } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { scoreCandidates, type ScoredCandidate } from '#models/selection/score-candidates.ts';
import { DEFAULT_FAMILIES } from '#models/selection/train-model.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import { trimSeries } from '#models/series/trim-series.ts';
import { addForecast, emptyTally, type ForecastTally } from '../forecast-tally.ts';
import { ablatedModel } from './ablated-model.ts';
import { past, SETTINGS, type Fleet, type Machine } from './ablation-fleet.ts';

/** An origin every four hours of the last tenth. */
const STRIDE = 48;
const { context, horizon, levels, origins: groups, network: NETWORK } = SETTINGS.training;

/** The job of training a machine's own model on what lies before the cut. */
function jobOf(machine: Machine, cut: number): TrainingJob {
  const { startSeconds, stepSeconds, values } = past(machine, cut);
  const series = { startSeconds, stepSeconds, values: values.cpu };
  const shape = { stepSeconds, context, horizon, levels };
  return { resource: 'cpu', unit: 'cores', series, shape, origins: groups };
}

function score(
  tally: ForecastTally,
  { shape, forecast }: ForecastModel,
  { machine, cut }: { readonly machine: Machine; readonly cut: number },
): void {
  const { values, startSeconds, stepSeconds } = machine.window;
  const [season = 0] = seasonSteps(shape);
  for (let end = cut; end + horizon <= values.cpu.length; end += STRIDE) {
    const history = fillGaps(values.cpu.subarray(end - shape.context, end), season);
    const quantiles = forecast(history, startSeconds + end * stepSeconds);
    addForecast(tally, { quantiles, levels }, values.cpu.subarray(end, end + horizon));
  }
}

/**
 * Models of machines with weeks of history: what calibration, averages and a network bring them, in
 * the order of the table.
 */
export async function ablateOwnModels({
  machines,
  cut,
}: Fleet): Promise<Map<string, ForecastTally>> {
  const tallies = new Map<string, ForecastTally>();
  for (const machine of machines) {
    const job = jobOf(machine, cut);
    const evidence = gatherEvidence(trimSeries(job.series), job.shape);
    const candidatesWith = (more: readonly ModelFamily[]) =>
      scoreCandidates([...DEFAULT_FAMILIES, ...more], evidence, { groups });
    const add = (name: string, candidates: readonly ScoredCandidate[], changes = {}): void => {
      const wanted = { calibrated: true, averages: true, ...changes };
      const model = ablatedModel(candidates, evidence, wanted);
      const tally = tallies.get(name) ?? emptyTally();
      tallies.set(name, tally);
      if (model) score(tally, model, { machine, cut });
    };
    const plain = candidatesWith([]);
    add('as it is, without a network', plain);
    add('… without calibration', plain, { calibrated: false });
    add('… without averages', plain, { averages: false });
    const ownNetwork = { seed: NETWORK.seed };
    add('with a network of its own', candidatesWith(await networkFamilies({ ...job, ownNetwork })));
  }
  return tallies;
}
