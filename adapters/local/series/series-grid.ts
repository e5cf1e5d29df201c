import { findStep } from '#adapters/local/steps/find-step.ts';
import { fitStep, type StepFit } from '#adapters/local/steps/fit-step.ts';
import { rowSteps } from '#adapters/local/steps/row-steps.ts';
import { calendarGrid } from './calendar-grid.ts';
import type { SeriesGrid } from './grid-steps.ts';

/**
 * The regular steps of rows, or the reason why there are none, as the end of a sentence.
 * @param times `ds` per row, in any order.
 * @param model one of the times as written: its zone defines days and months; null for numbers.
 * @param requestedStep step in units of `ds`; inferred if undefined.
 */
export function seriesGrid(
  times: Float64Array,
  model: string | null,
  {
    requestedStep,
    fallback,
  }: { readonly requestedStep: number | undefined; readonly fallback: number },
): SeriesGrid | string {
  const calendar =
    model === null || requestedStep !== undefined ? null : calendarGrid(times, model);
  if (calendar !== null) return { ...calendar, averaged: null };
  const { differences } = rowSteps(times);
  const own = findStep(differences);
  if (requestedStep === undefined && own.fault !== null) return own.fault;
  const step = requestedStep ?? own.step ?? fallback;
  const fit = fitStep(differences, own, step);
  if (typeof fit === 'object') return fit.fault;
  const start = startOf(times, step, fit);
  const averaged =
    fit === 'averaged' ? `has steps from ${own.shortest} on: averaged over ${step}` : null;
  return {
    stepSeconds: step,
    dsAt: (k) => start + k * step,
    places: times.map((time) =>
      fit === 'averaged'
        ? Math.floor((time - start) / step + 1e-9)
        : Math.round((time - start) / step),
    ),
    averaged,
    remark: null,
  };
}

/** The first time, or the start of its step if rows are averaged. */
function startOf(times: Float64Array, step: number, fit: StepFit): number {
  const first = times.reduce((least, time) => Math.min(least, time), Infinity);
  if (fit === 'averaged') return Math.floor(first / step + 1e-9) * step;
  return first;
}
