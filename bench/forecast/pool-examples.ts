import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { poolDistributions } from '#models/families/pool/pool-distributions.ts';
import { crpsWeights } from '#models/families/pool/pool-loss.ts';
import type { Batch } from '#models/network-training/training-session.ts';
import { mean } from '#models/numeric/mean.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';

/** One step ahead of one window of one series. */
interface Example {
  readonly knots: Float32Array;
  readonly distributions: Float32Array;
  readonly below: Float32Array;
  readonly above: Float32Array;
}

export interface ExampleRequest {
  readonly shape: ForecastShape;
  readonly knotSeconds: readonly number[];
  readonly windows: number;
  readonly stepsPerWindow: number;
  /** Examples count with their level to this power: 1 as the measure does, 0 all alike. */
  readonly levelPower: number;
  readonly random: () => number;
}

/** Examples of one series with gaps (NaN), at random origins with a whole context before them. */
export function poolExamples(series: Float64Array, request: ExampleRequest): Example[] {
  const { shape, windows, stepsPerWindow, random } = request;
  const first = series.findIndex((value) => !Number.isNaN(value));
  const measured = series.subarray(Math.max(0, first));
  const filled = fillGaps(measured, 288);
  const level = mean(filled.map(Math.abs));
  const room = filled.length - shape.context - 48;
  if (room < 1 || !(level > 0)) return [];
  const unit = level ** (1 - request.levelPower);
  return Array.from({ length: windows }, () => shape.context + Math.floor(random() * room)).flatMap(
    (end) =>
      Array.from({ length: stepsPerWindow }, (_, k) => {
        // Half of the steps within four hours, half anywhere.
        const step = 1 + Math.floor(random() * (k % 2 === 0 ? 48 : shape.horizon));
        const actual = measured[end + step - 1] ?? NaN;
        if (Number.isNaN(actual)) return null;
        const { atoms, values } = poolDistributions(filled, shape, { end, step });
        const { below, above } = crpsWeights(actual, atoms);
        return {
          knots: hatWeights(request.knotSeconds, step * shape.stepSeconds),
          distributions: withoutLast(values, atoms.length),
          below: Float32Array.from(below, (length) => length / unit),
          above: Float32Array.from(above, (length) => length / unit),
        };
      }).filter((example) => example !== null),
  );
}

/** Behind the last atom everything is one: there is nothing to learn from. */
function withoutLast(values: Float64Array, atoms: number): Float32Array {
  return Float32Array.from(values.filter((_, k) => k % atoms < atoms - 1));
}

/** How much each knot counts at a time ahead; linear in its logarithm, as the pool interpolates. */
function hatWeights(knots: readonly number[], seconds: number): Float32Array {
  const weights = new Float32Array(knots.length);
  const after = knots.findIndex((knot) => knot >= seconds);
  if (after <= 0) {
    weights[after === 0 ? 0 : knots.length - 1] = 1;
    return weights;
  }
  const [low, high] = [Math.log(knots[after - 1]!), Math.log(knots[after]!)];
  weights[after] = (Math.log(seconds) - low) / (high - low);
  weights[after - 1] = 1 - weights[after];
  return weights;
}

/** The values of the examples one after the other, as a batch is fed. */
export function toBatch(examples: readonly Example[], chosen: Int32Array): Batch {
  const join = (key: keyof Example): Float32Array => {
    const width = examples[0]![key].length;
    const joined = new Float32Array(chosen.length * width);
    chosen.forEach((index, k) => joined.set(examples[index]![key], k * width));
    return joined;
  };
  return {
    knots: join('knots'),
    distributions: join('distributions'),
    below: join('below'),
    above: join('above'),
  };
}
