import * as z from 'zod';
import { amount, whole } from './fields.ts';
import { section } from './sections.ts';
import { DAY, YEAR } from './spans.ts';

const levels = z
  .array(amount({ from: 0.001, to: 0.999 }))
  .min(1, 'names no level')
  .max(99, 'names more than 99 levels')
  .refine((values) => values.every((value, k) => k === 0 || value > values[k - 1]!), {
    error: 'must increase',
  })
  .describe('Quantile levels that every forecast has, in increasing order.')
  .default([0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99]);

/** LSTMs that compete; the training time of a cluster's grows with epochs times windows. */
const network = section({
  epochs: whole(0, 1000)
    .describe(
      'Most passes over the windows of a cluster; training stops early when the loss no longer falls. 0 turns all LSTMs off, those of single applications too. The default takes a few seconds per cluster and resource.',
    )
    .default(12),
  windows: whole(1, 100_000)
    .describe('Windows of all members that one pass learns from.')
    .default(512),
  hidden: whole(1, 512).describe("Length of the LSTM's state.").default(24),
  seed: z
    .int('must be a whole number')
    .describe('Seed of the initial weights and of the choice of windows.')
    .default(1),
}).describe('The LSTM of a cluster.');

/** How forecasting models are trained. */
export const trainingSection = section({
  context: whole(1, 50_000)
    .describe(
      'Past steps that a forecast reads. The default is a week of five-minute steps: the longest season that models know.',
    )
    .default(2016),
  horizon: whole(1, 10_080)
    .describe('Steps that a forecast reaches. The default is a day of five-minute steps.')
    .default(288),
  levels,
  windowSeconds: whole(1, 10 * YEAR)
    .describe('Longest history that training reads, in seconds. The default is four weeks.')
    .default(28 * DAY),
  minimumSeconds: whole(1, 10 * YEAR)
    .describe(
      "With less measured history, in seconds, an application uses its cluster's model. The default shows a daily season twice, the least that tells a season from chance.",
    )
    .default(2 * DAY),
  origins: whole(1, 1000).describe('Rolling origins of a cross-validation.').default(12),
  everySeconds: whole(1, YEAR)
    .describe('Time between two trainings in seconds. The default is a day.')
    .default(DAY),
  competeEverySeconds: whole(1, YEAR)
    .describe(
      'Time between two trainings in which all models compete, in seconds; trainings between them train the winners of the last. The default is a week.',
    )
    .default(7 * DAY),
  network: network.prefault({}),
});
