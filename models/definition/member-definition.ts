import * as z from 'zod';
import { packedDoubles, packedHalves } from './packed-numbers.ts';

const count = z.int().nonnegative();
const number = z.number();
const numbers = z.array(number).readonly();
const counts = z.array(count).readonly();

const valueScale = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plain') }),
  z.object({ kind: z.literal('logarithmic'), least: number, lower: number, upper: number }),
]);

const arimaFit = z.object({
  order: z.object({
    p: count,
    d: count,
    q: count,
    seasonalP: count,
    seasonalD: count,
    seasonalQ: count,
    season: count,
    constant: z.boolean(),
  }),
  polynomials: z.object({ phi: packedDoubles, theta: packedDoubles }),
  mean: number,
});

/**
 * What a fitted model of each family consists of. With the shape of the model file it defines the
 * forecasts: `models/stored/defined-model.ts` makes the model of it.
 */
export const memberSchema = z.discriminatedUnion('family', [
  z.object({ family: z.literal('seasonal-naive'), name: z.string(), season: count }),
  z.object({ family: z.literal('drift') }),
  z.object({
    family: z.literal('quantile-mixture'),
    name: z.string(),
    windows: z.array(z.object({ steps: count, weight: number })).readonly(),
  }),
  z.object({
    family: z.literal('exponential-smoothing'),
    parameters: z.object({
      levelGain: number,
      trendGain: number,
      damping: number,
      autocorrelation: number,
    }),
    season: packedDoubles,
    initialSteps: count,
  }),
  z.object({ family: z.literal('arima'), fit: arimaFit }),
  z.object({
    family: z.literal('harmonic-arima'),
    scale: valueScale,
    profile: packedDoubles,
    errors: arimaFit,
  }),
  z.object({
    family: z.literal('learned-pool'),
    name: z.string(),
    weights: z.object({ knotSeconds: numbers, shares: z.array(numbers).readonly() }),
  }),
  z.object({ family: z.literal('horizon-mixture'), everything: packedDoubles }),
  z.object({
    family: z.literal('linear-quantile'),
    plan: z.object({
      context: count,
      lags: counts,
      means: counts,
      maxima: counts,
      minima: counts,
      deviations: counts,
      originCount: count,
      season: count,
      cycles: count,
      longSeason: count,
      seasonCount: count,
    }),
    knots: counts,
    levels: numbers,
    anchors: counts,
    coefficients: packedDoubles,
    lowest: packedDoubles,
    highest: packedDoubles,
  }),
  z.object({
    family: z.literal('seasonal-autoregression'),
    name: z.string(),
    members: z
      .array(
        z.object({
          scale: valueScale,
          profile: packedDoubles,
          polynomial: z.object({ constant: number, lags: counts, coefficients: packedDoubles }),
        }),
      )
      .readonly(),
  }),
  z.object({
    family: z.literal('lstm'),
    name: z.string(),
    hidden: count,
    levels: numbers,
    parameters: packedHalves,
  }),
]);

/** A fitted model of a family of ours as plain data. */
export type MemberDefinition = z.output<typeof memberSchema>;

/** The data of one family. */
export type DefinitionOf<F extends MemberDefinition['family']> = Extract<
  MemberDefinition,
  { readonly family: F }
>;
