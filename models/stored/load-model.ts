import { decodeDefinition } from '#models/definition/model-definition.ts';
import { DEFINITION_KEY, type ModelMetadata } from '#models/onnx/model-metadata.ts';
import { oneLine } from '#models/onnx/one-line.ts';
import {
  loadForecaster,
  readEntries,
  readMetadata,
  UnusableModel,
  type Forecaster,
} from '#models/onnx/onnx-forecaster.ts';
import { modelForecaster } from '#models/rolling/model-forecaster.ts';
import { definedModel } from './defined-model.ts';

/** Loads a model file. */
export type LoadFile = (bytes: Uint8Array) => Promise<Forecaster>;

/**
 * Loads a model file for decisions: a model of ours by the definition that its file carries, any
 * other file in ONNX Runtime, which is loaded only then.
 * @param loadGraph loads a file without a definition.
 * @throws UnusableModel that says what is wrong.
 */
export async function loadModel(
  bytes: Uint8Array,
  loadGraph: LoadFile = loadForecaster,
): Promise<Forecaster> {
  return loadDefined(bytes) ?? loadGraph(bytes);
}

/**
 * The model of a file by its definition; null if it carries none, or one of another version.
 * @throws UnusableModel if the file or its definition cannot be read.
 */
export function loadDefined(bytes: Uint8Array): Forecaster | null {
  const entries = readEntries(bytes);
  const text = entries.get(DEFINITION_KEY);
  const metadata = readMetadata(entries);
  const model = text === undefined ? null : parseModel(text, metadata);
  return model && { metadata, ...modelForecaster(model), release: () => Promise.resolve() };
}

function parseModel(text: string, { model: name, shape }: ModelMetadata) {
  try {
    const stored = decodeDefinition(text);
    if (stored === null) return null;
    const { definition, seasons } = stored;
    return definedModel(name, seasons ? { ...shape, seasons } : shape, definition);
  } catch (cause) {
    throw new UnusableModel(`its definition cannot be read: ${oneLine(cause)}`, { cause });
  }
}
