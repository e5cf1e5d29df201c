import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { readMetadataProps } from '#models/graph/read-metadata.ts';
import type { ModelMetadata } from './model-metadata.ts';
import { parseMetadata } from './model-metadata.ts';
import { ONE_CORE_SESSION } from './one-core-session.ts';
import { oneLine } from './one-line.ts';
import { onnxruntime } from './onnxruntime.ts';
import { shareSession } from './share-session.ts';

/** A model file that was loaded. */
export interface Forecaster {
  readonly metadata: ModelMetadata;
  /**
   * Quantiles, row-major [batch × steps × levels], up to the last of the requested steps. Other
   * steps may be NaN.
   * @param history row-major [batch × context], oldest first, without gaps.
   * @param originsSeconds Unix seconds of the first step to forecast, one per row.
   * @param stepsAhead requested steps, counted from 1, increasing; the whole horizon by default.
   * @throws RangeError if the number of values does not match.
   */
  forecast(
    history: Float32Array,
    originsSeconds: readonly number[],
    stepsAhead?: readonly number[],
  ): Promise<Float32Array>;
  /**
   * Frees native memory when no forecast is running. The garbage collector does not know the size
   * of native memory and would keep thousands of sessions. A later forecast loads the model again.
   */
  release(): Promise<void>;
}

/** Error for a file that is not an ONNX model or does not meet the contract of a forecast model. */
export class UnusableModel extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`unusable model file: ${message}`, options);
    this.name = 'UnusableModel';
  }
}

/**
 * Loads a model file in ONNX Runtime and checks it against the contract: names, element types and
 * shapes of inputs and output, and the metadata.
 * @throws UnusableModel that says what is wrong.
 */
export async function loadForecaster(bytes: Uint8Array): Promise<Forecaster> {
  const metadata = readMetadata(readEntries(bytes));
  const session = await createSession(bytes);
  const faults = contractFaults(session, metadata.shape);
  if (faults.length > 0) {
    await session.release();
    throw new UnusableModel(faults.join('; '));
  }
  const shared = shareSession(session, () => createSession(bytes));
  // Taken once: asking for a module takes longer than a forecast where the source is run.
  const { Tensor: Of } = await onnxruntime();
  return {
    metadata,
    release: shared.release,
    forecast: async (history, originsSeconds, stepsAhead) => {
      const feeds = toFeeds(Of, { history, originsSeconds, context: metadata.shape.context });
      const { quantiles } = await shared
        .use((open) => open.run(feeds))
        .catch((cause: unknown) => {
          throw new Error(oneLine(cause), { cause });
        });
      // The element type of the output was checked when the file was loaded.
      return firstSteps(quantiles.data as Float32Array, metadata.shape, stepsAhead?.at(-1));
    },
  };
}

/** The first steps of every row of a batch. */
function firstSteps(
  quantiles: Float32Array,
  { horizon, levels }: ForecastShape,
  steps = horizon,
): Float32Array {
  if (steps >= horizon) return quantiles;
  const [row, firstRow] = [horizon * levels.length, steps * levels.length];
  const first = new Float32Array((quantiles.length / row) * firstRow);
  for (let k = 0; k * firstRow < first.length; k++) {
    first.set(quantiles.subarray(k * row, k * row + firstRow), k * firstRow);
  }
  return first;
}

/**
 * All metadata of a file, by key.
 * @throws UnusableModel
 */
export function readEntries(bytes: Uint8Array): ReadonlyMap<string, string> {
  try {
    return readMetadataProps(bytes);
  } catch (cause) {
    throw new UnusableModel('not an ONNX file', { cause });
  }
}

/** @throws UnusableModel */
export function readMetadata(entries: ReadonlyMap<string, string>): ModelMetadata {
  try {
    return parseMetadata(entries);
  } catch (cause) {
    throw new UnusableModel(oneLine(cause), { cause });
  }
}

async function createSession(bytes: Uint8Array): Promise<InferenceSession> {
  const { InferenceSession: Session } = await onnxruntime();
  try {
    return await Session.create(bytes, ONE_CORE_SESSION);
  } catch (cause) {
    throw new UnusableModel(oneLine(cause), { cause });
  }
}

/** Dimensions that the contract requires; null for any. */
type Expected = readonly [name: string, type: string, dimensions: readonly (number | null)[]];

function contractFaults(session: InferenceSession, shape: ForecastShape): string[] {
  const history: Expected = ['history', 'float32', [null, shape.context]];
  const origin: Expected = ['origin', 'int64', [null]];
  const quantiles: Expected = ['quantiles', 'float32', [null, shape.horizon, shape.levels.length]];
  return [
    ...valueFaults('input', session.inputMetadata, [history, origin]),
    ...valueFaults('output', session.outputMetadata, [quantiles]),
  ];
}

function valueFaults(
  role: string,
  declared: readonly InferenceSession.ValueMetadata[],
  expected: readonly Expected[],
): string[] {
  const faults = expected.flatMap(([name, type, dimensions]) => {
    const want = `${type} [${dimensions.map((d) => d ?? 'any').join(', ')}]`;
    const value = declared.find((candidate) => candidate.name === name);
    if (value === undefined) return [`${role} "${name}" is missing`];
    if (!value.isTensor) return [`${role} "${name}" is not a tensor`];
    return value.type === type && fits(value.shape, dimensions)
      ? []
      : [`${role} "${name}" is ${value.type} [${value.shape.join(', ')}], expected ${want}`];
  });
  const names = new Set(expected.map(([name]) => name));
  const strange = declared.filter(({ name }) => !names.has(name));
  return [...faults, ...strange.map(({ name }) => `unexpected ${role} "${name}"`)];
}

/** A symbolic dimension fits any number: such a file accepts every context. */
const fits = (
  shape: readonly (number | string)[],
  dimensions: readonly (number | null)[],
): boolean =>
  shape.length === dimensions.length &&
  dimensions.every((want, k) =>
    want === null
      ? typeof shape[k] === 'string'
      : shape[k] === want || typeof shape[k] === 'string',
  );

interface Batch {
  readonly history: Float32Array;
  readonly originsSeconds: readonly number[];
  readonly context: number;
}

function toFeeds(
  Of: TensorConstructor,
  { history, originsSeconds, context }: Batch,
): Record<'history' | 'origin', Tensor> {
  const batch = originsSeconds.length;
  if (history.length !== batch * context) {
    throw new RangeError(`${history.length} values are not ${batch} histories of ${context} steps`);
  }
  const origins = BigInt64Array.from(originsSeconds, (seconds) => BigInt(Math.floor(seconds)));
  return {
    history: new Of('float32', history, [batch, context]),
    origin: new Of('int64', origins, [batch]),
  };
}
