import type { Tensor } from 'onnxruntime-node';
import { sizeOf, type Shape } from '#models/autodiff/tensor-shape.ts';
import { ONE_CORE_SESSION } from '#models/onnx/one-core-session.ts';
import { onnxruntime } from '#models/onnx/onnxruntime.ts';
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
 */
export async function openTrainingSession(graph: TrainingGraph): Promise<TrainingSession> {
  const { InferenceSession, Tensor: Of } = await onnxruntime();
  const session = await InferenceSession.create(encodeTrainingGraph(graph), ONE_CORE_SESSION);
  const tensor = (name: string, values: Float32Array | undefined, size: Shape): Tensor => {
    if (values?.length === sizeOf(size)) return new Of('float32', values, [...size]);
    throw new RangeError(`${values?.length ?? 'no'} values for "${name}" [${size.join(', ')}]`);
  };
  const { shape } = graph.parameters;
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
