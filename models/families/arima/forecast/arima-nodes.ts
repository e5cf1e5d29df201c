import type { ArimaOrder } from '#models/families/arima/estimation/arima-order.ts';
import { lostToDifferences } from '#models/families/arima/estimation/arima-order.ts';
import type { ArmaPolynomials } from '#models/families/arima/estimation/arma-polynomials.ts';
import { differencePolynomial } from '#models/families/arima/estimation/difference.ts';
import type { ArimaCoefficients } from '#models/families/arima/estimation/fit-arima.ts';
import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';

export interface ArimaNodes {
  readonly fit: ArimaCoefficients;
  /** Number of values that the tensor holds. */
  readonly past: number;
  readonly horizon: number;
}

/**
 * Nodes that compute `forecastArima`. The forecast is linear in the values: the last innovations
 * are one convolution with the weights of the infinite autoregression, and the forecast is a fixed
 * matrix times them and the last values.
 * @param values [batch, past], oldest first.
 * @returns [batch, horizon]
 */
export function addArima(
  graph: GraphBuilder,
  values: Tensor,
  { fit, past: context, horizon }: ArimaNodes,
): Tensor {
  const { order, polynomials, mean } = fit;
  const past = context - lostToDifferences(order);
  const centred = graph.op('Sub', [
    differenceNodes(graph, values, { order, context }),
    graph.floats([mean], [1]),
  ]);
  const slice = (input: Tensor, from: number, to: number): Tensor =>
    graph.op('Slice', [
      input,
      graph.ints([from], [1]),
      graph.ints([to], [1]),
      graph.ints([1], [1]),
    ]);
  const p = Math.min(polynomials.phi.length, past);
  const q = Math.min(polynomials.theta.length, past);
  const lost = lostToDifferences(order);
  const states: Tensor[] = [];
  if (p > 0) states.push(slice(centred, past - p, past));
  if (q > 0) states.push(innovations(graph, centred, { polynomials, past, q }));
  if (lost > 0) states.push(slice(values, context - lost, context));
  const constant = forecastFrom(fit, new Float64Array(p + q + lost), { p, q, lost, horizon });
  const flat = graph.floats(constant, [1, horizon]);
  // Without any state the forecast is the mean: adding 0 × a value keeps the batch dimension.
  const carrier = states.length > 0 ? states : [slice(values, 0, 1)];
  const size = states.length > 0 ? p + q + lost : 1;
  const matrix = new Float64Array(size * horizon);
  for (let k = 0; k < p + q + lost; k++) {
    const unit = new Float64Array(size);
    unit[k] = 1;
    const response = forecastFrom(fit, unit, { p, q, lost, horizon });
    response.forEach((value, h) => (matrix[k * horizon + h] = value - constant[h]));
  }
  const joined = carrier.length === 1 ? carrier[0] : graph.op('Concat', carrier, { axis: 1 });
  const moved = graph.op('MatMul', [joined, graph.floats(matrix, [size, horizon])]);
  return graph.op('Add', [moved, flat]);
}

function differenceNodes(
  graph: GraphBuilder,
  values: Tensor,
  { order, context }: { readonly order: ArimaOrder; readonly context: number },
): Tensor {
  let length = context;
  let result = values;
  const lags = [
    ...Array.from({ length: order.seasonalD }, () => order.season),
    ...Array.from({ length: order.d }, () => 1),
  ];
  const ones = (value: number): Tensor => graph.ints([value], [1]);
  for (const lag of lags) {
    const now = graph.op('Slice', [result, ones(lag), ones(length), ones(1)]);
    const then = graph.op('Slice', [result, ones(0), ones(length - lag), ones(1)]);
    result = graph.op('Sub', [now, then]);
    length -= lag;
  }
  return result;
}

interface Innovations {
  readonly polynomials: ArmaPolynomials;
  readonly past: number;
  readonly q: number;
}

/** The last q innovations: w convolved with π, zeros before its first value. */
function innovations(
  graph: GraphBuilder,
  w: Tensor,
  { polynomials, past, q }: Innovations,
): Tensor {
  const weights = inverseWeights(polynomials, past).toReversed();
  const channels = graph.op('Unsqueeze', [w, graph.ints([1], [1])]);
  const kernel = graph.floats(weights, [1, 1, past]);
  const convolved = graph.op('Conv', [channels, kernel], { pads: [q - 1, 0] });
  return graph.op('Squeeze', [convolved, graph.ints([1], [1])]);
}

/** π₀ … π_{count−1} of e_t = Σ π_j w_{t−j}, π₀ = 1 (Brockwell and Davis 1991, section 3.1). */
function inverseWeights({ phi, theta }: ArmaPolynomials, count: number): Float64Array {
  const weights = new Float64Array(count);
  weights[0] = 1;
  for (let k = 1; k < count; k++) {
    let sum = -(phi[k - 1] ?? 0);
    for (let j = 1; j <= Math.min(k, theta.length); j++) sum -= theta[j - 1] * weights[k - j];
    weights[k] = sum;
  }
  return weights;
}

interface Counts {
  readonly p: number;
  readonly q: number;
  readonly lost: number;
  readonly horizon: number;
}

/**
 * Forecast from the last p centred differences, the last q innovations and the last values, each
 * oldest first.
 */
function forecastFrom(
  fit: ArimaCoefficients,
  states: Float64Array,
  { p, q, lost, horizon }: Counts,
) {
  const { phi, theta } = fit.polynomials;
  const w = new Float64Array(p + horizon);
  w.set(states.subarray(0, p));
  const e = states.subarray(p, p + q);
  const y = new Float64Array(lost + horizon);
  y.set(states.subarray(p + q, p + q + lost));
  const delta = differencePolynomial(fit.order);
  for (let h = 0; h < horizon; h++) {
    let sum = 0;
    for (let j = 0; j < phi.length && h + p - 1 - j >= 0; j++) sum += phi[j] * w[p + h - 1 - j];
    for (let j = h; j < theta.length && q - 1 - j + h >= 0; j++) {
      sum += theta[j] * e[q - 1 - j + h];
    }
    w[p + h] = sum;
    let value = sum + fit.mean;
    for (let j = 0; j < lost; j++) value += delta[j] * y[lost + h - 1 - j];
    y[lost + h] = value;
  }
  return y.subarray(lost);
}
