import { adamRate, EPSILON, FIRST_DECAY, SECOND_DECAY } from './adam.ts';
import type { TrainingState } from './training-session.ts';

/**
 * The step of the training graph, outside of a graph: the gradient clipped by its norm, then Adam.
 */
export function adamStep(
  { parameters, first, second, steps }: TrainingState,
  gradient: Float64Array,
  { rate, clipNorm }: { readonly rate: number; readonly clipNorm: number },
): TrainingState {
  let squares = 0;
  for (const slope of gradient) squares += slope * slope;
  const clip = clipNorm / Math.max(clipNorm, Math.sqrt(squares));
  const step = adamRate(rate, steps + 1);
  const next = {
    parameters: parameters.slice(),
    first: first.slice(),
    second: second.slice(),
    steps: steps + 1,
  };
  for (let k = 0; k < gradient.length; k++) {
    const slope = clip * gradient[k];
    next.first[k] = FIRST_DECAY * first[k] + (1 - FIRST_DECAY) * slope;
    next.second[k] = SECOND_DECAY * second[k] + (1 - SECOND_DECAY) * slope * slope;
    next.parameters[k] -= (step * next.first[k]) / (Math.sqrt(next.second[k]) + EPSILON);
  }
  return next;
}
