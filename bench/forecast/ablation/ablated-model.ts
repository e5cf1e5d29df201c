import { bandOffsets, type Evidence } from '#models/calibration/band-offsets.ts';
import { calibrate } from '#models/calibration/calibrate.ts';
import type { ForecastModel, RawModel } from '#models/contract/forecast-model.ts';
import { addRawRows } from '#models/onnx/raw-rows.ts';
import type { RollingForecasts } from '#models/rolling/rolling-forecasts.ts';
import { averageModels } from '#models/selection/average-models.ts';
import { joinByHorizon } from '#models/selection/join-by-horizon.ts';
import type { ScoredCandidate } from '#models/selection/score-candidates.ts';
import { selectModel } from '#models/selection/select-model.ts';

export interface Ablation {
  readonly calibrated: boolean;
  readonly averages: boolean;
}

/**
 * The model that training would make of the candidates, or would make without calibration or
 * averages.
 */
export function ablatedModel(
  candidates: readonly ScoredCandidate[],
  evidence: Evidence,
  { calibrated, averages }: Ablation,
): ForecastModel | null {
  const admitted = averages ? candidates : candidates.filter(({ members }) => members.length <= 1);
  const { scoringBands } = evidence.plan;
  const selected = selectModel(
    admitted,
    scoringBands.map(({ part }) => part),
  );
  if (selected === null) return null;
  const finish = (rolled: RollingForecasts): ForecastModel => {
    const raw = rolled.lastModel.refit?.(evidence.series) ?? rolled.lastModel;
    if (!calibrated) return uncalibrated(raw);
    const { offsets, bounds } = bandOffsets(rolled, evidence, evidence.actual.length);
    const { calibrationBands: bands } = evidence.plan;
    return calibrate(raw, { bands, offsets, window: evidence.window, bounds });
  };
  const parts = selected.map((index, k) => {
    const { family, members } = admitted[index]!;
    return { band: scoringBands[k]!, model: averageModels(family.name, members.map(finish)) };
  });
  return joinByHorizon('ablated', parts);
}

/** The raw forecast, what is the same for all steps or levels repeated. */
function uncalibrated(raw: RawModel): ForecastModel {
  const { shape, rows, columns } = raw;
  const levels = shape.levels.length;
  const out = new Float64Array(rows * columns);
  return {
    name: raw.name,
    shape,
    forecast: (history, originSeconds) => {
      raw.forecastInto(history, originSeconds, out);
      return Float64Array.from({ length: shape.horizon * levels }, (_, k) => {
        const [step, level] = [Math.floor(k / levels), k % levels];
        return out[(rows === 1 ? 0 : step) * columns + (columns === 1 ? 0 : level)]!;
      });
    },
    addTo: (graph, inputs, range) => addRawRows(graph, inputs, { raw, range }),
  };
}
