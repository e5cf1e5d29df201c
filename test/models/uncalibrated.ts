import type { ForecastModel, RawModel } from '#models/forecast-model.ts';
import { addRawRows } from '#models/raw-rows.ts';

/** A raw model with a row for every step and a column for every level as the graph of a whole one. */
export const uncalibrated = (raw: RawModel): ForecastModel => ({
  name: raw.name,
  shape: raw.shape,
  forecast: () => new Float64Array(),
  addTo: (graph, inputs, range) => addRawRows(graph, inputs, { raw, range }),
});
