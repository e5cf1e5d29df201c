import type { RawModel } from '#models/contract/forecast-model.ts';
import type { HorizonRange } from '#models/contract/horizon-range.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import { sliceSteps } from '#models/graph/slice-steps.ts';
import type { ExportedModel } from './export-model.ts';

/**
 * Adds the nodes of a raw forecast of a range of the horizon: [batch, steps, columns], or [batch,
 * 1, columns] for a model with one row for all steps.
 */
export function addRawRows(
  graph: GraphBuilder,
  inputs: GraphInputs,
  { raw, range }: { readonly raw: RawModel; readonly range: HorizonRange },
): Tensor {
  const isPart = raw.rows > range.last - range.first + 1;
  if (isPart && raw.addRows) return raw.addRows(graph, inputs, range);
  const rows = raw.addTo(graph, inputs);
  return isPart ? sliceSteps(graph, rows, [range.first - 1, range.last]) : rows;
}

/**
 * A raw model with a row for every step and a column for every level, exported without calibration.
 */
export const uncalibrated = (raw: RawModel): ExportedModel => ({
  name: raw.name,
  shape: raw.shape,
  addTo: (graph, inputs, range) => addRawRows(graph, inputs, { raw, range }),
});
