import type { Expression } from '#models/autodiff/expression.ts';
import {
  add,
  divide,
  input,
  multiply,
  reduceSum,
  relu,
  reshape,
  scalar,
  sqrt,
  subtract,
} from '#models/autodiff/expression.ts';
import { gradients } from '#models/autodiff/gradients.ts';
import { lower } from '#models/autodiff/lower.ts';
import type { Shape } from '#models/autodiff/tensor-shape.ts';
import { createGraphBuilder } from '#models/graph/graph-builder.ts';
import { encodeTensorModel } from '#models/onnx/encode-tensor-model.ts';
import { EPSILON, FIRST_DECAY, SECOND_DECAY } from './adam.ts';

export interface TrainingGraph {
  /** One element; depends on the input "parameters" and on the batch. */
  readonly loss: Expression;
  readonly parameters: Expression;
  /** Shapes of the inputs that change with the batch. */
  readonly batch: Readonly<Record<string, Shape>>;
  /** Gradients with a larger norm are scaled to this norm (Pascanu, Mikolov, Bengio, ICML 2013). */
  readonly clipNorm: number;
}

/**
 * One step of training as an ONNX file: forward pass, backpropagation, clipping and update by Adam.
 * Inputs are the batch, "parameters", the moments "first" and "second", and "rate" [] (see
 * `adamRate`). Outputs are "loss", and the new parameters and moments with the names "new_…".
 */
export function encodeTrainingGraph(description: TrainingGraph): Uint8Array {
  const { loss, parameters, batch, clipNorm } = description;
  const size = parameters.shape;
  const [slope] = gradients(loss, [parameters]);
  const [first, second] = [input('first', size), input('second', size)];
  const clipped = clipByNorm(slope, clipNorm);
  const newFirst = blend(first, clipped, FIRST_DECAY);
  const newSecond = blend(second, multiply(clipped, clipped), SECOND_DECAY);
  const move = divide(newFirst, add(sqrt(newSecond), scalar(EPSILON)));
  const moved = subtract(parameters, multiply(input('rate', []), move));

  const graph = createGraphBuilder();
  const inputs = { ...batch, parameters: size, first: size, second: size, rate: [] };
  const names = new Map(Object.keys(inputs).map((name) => [name, { name }]));
  const outputs = { loss: reshape(loss, []), new_parameters: moved, new_first: newFirst };
  const all = { ...outputs, new_second: newSecond };
  const tensors = lower(graph, Object.values(all), names);
  const shapes = Object.values(all).map(({ shape }) => shape);
  return encodeTensorModel(graph, {
    inputs: Object.entries(inputs),
    outputs: Object.keys(all).map((name, k) => [name, shapes[k], tensors[k]]),
  });
}

function clipByNorm(slope: Expression, most: number): Expression {
  const squares = reduceSum(multiply(slope, slope), [0]);
  // The constant keeps the root away from zero, where it has no derivative.
  const norm = sqrt(add(squares, scalar(1e-12)));
  return multiply(
    slope,
    divide(scalar(most), add(scalar(most), relu(subtract(norm, scalar(most))))),
  );
}

const blend = (old: Expression, fresh: Expression, decay: number): Expression =>
  add(multiply(old, scalar(decay)), multiply(fresh, scalar(1 - decay)));
