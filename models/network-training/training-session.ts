import type { Tensor } from 'onnxruntime-node';
import { sizeOf, type Shape } from '#models/autodiff/tensor-shape.ts';
import { ONE_CORE_SESSION } from '#models/onnx/one-core-session.ts';
import { onnxRuntime } from '#models/onnx/onnx-runtime.ts';
import { adamRate } from './adam.ts';
import type { TrainingGraph } from './training-graph.ts';
import { encodeTrainingGraph } from './training-graph.ts';

/** Everything that a training needs to continue. */
export interface TrainingState {
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Number of steps so far. */
  readonly steps: number;
}

export interface TrainingSession<B = Batch> {
  /** One step of Adam from a state on a batch. The given state is not changed. */
  step(state: TrainingState, batch: B, rate: number): Promise<StepResult>;
  release(): Promise<void>;
}

/** Inputs of the batch by name, row-major. */
export type Batch = Readonly<Record<string, Float32Array>>;

export interface StepResult {
  readonly loss: number;
  readonly state: TrainingState;
}

export function initialState(parameters: Float32Array): TrainingState {
  const zeros = (): Float32Array => new Float32Array(parameters.length);
  return { parameters, first: zeros(), second: zeros(), steps: 0 };
}

/**
 * Opens a training graph in ONNX Runtime. A step throws a RangeError for values that do not match
 * the size of their input.
 * @throws OnnxRuntimeMissing
 */
export async function openTrainingSession(graph: TrainingGraph): Promise<TrainingSession> {
  const runtime = await onnxRuntime();
  const session = await runtime.InferenceSession.create(encodeTrainingGraph(graph), ONE_CORE_SESSION);
  const { shape } = graph.parameters;
  const tensor = (name: string, values: Float32Array | undefined, sizes: Shape): Tensor =>
    new runtime.Tensor('float32', checked(name, values, sizes), [...sizes]);
  return {
    release: () => session.release(),
    step: async (state, batch, rate) => {
      const steps = state.steps + 1;
      const feeds: Record<string, Tensor> = {
        rate: tensor('rate', Float32Array.of(adamRate(rate, steps)), []),
      };
      for (const [name, length] of Object.entries(graph.batch)) {
        feeds[name] = tensor(name, batch[name], length);
      }
      for (const name of ['parameters', 'first', 'second'] as const) {
        feeds[name] = tensor(name, state[name], shape);
      }
      const outputs = await session.run(feeds);
      // The graph was built by this project: all of its outputs are float32.
      const output = (name: string): Float32Array => outputs[name].data as Float32Array;
      const moments = { first: output('new_first'), second: output('new_second') };
      const next = { parameters: output('new_parameters'), ...moments, steps };
      return { loss: output('loss')[0], state: next };
    },
  };
}

function checked(name: string, values: Float32Array | undefined, shape: Shape): Float32Array {
  if (values?.length !== sizeOf(shape)) {
    throw new RangeError(`${values?.length ?? 'no'} values for "${name}" [${shape.join(', ')}]`);
  }
  return values;
}
