import type { ForecastShape } from '#models/contract/forecast-model.ts';

/** Metadata of a model file. */
export interface ModelMetadata {
  readonly model: string;
  readonly resource: string;
  readonly unit: string;
  readonly shape: ForecastShape;
  /** Unix seconds; `to` is exclusive. */
  readonly trainedFromSeconds: number;
  readonly trainedToSeconds: number;
}

const PREFIX = 'foreprint.';

/** Key of the definition of a model of ours, see models/definition/. */
export const DEFINITION_KEY = `${PREFIX}definition`;

/** The metadata as key–value pairs of the ONNX file. */
export function metadataEntries(metadata: ModelMetadata): Readonly<Record<string, string>> {
  const { shape } = metadata;
  const entries = {
    model: metadata.model,
    resource: metadata.resource,
    unit: metadata.unit,
    step_seconds: String(shape.stepSeconds),
    context: String(shape.context),
    horizon: String(shape.horizon),
    levels: shape.levels.join(','),
    trained_from: isoTime(metadata.trainedFromSeconds),
    trained_to: isoTime(metadata.trainedToSeconds),
  };
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [PREFIX + key, value]));
}

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString();

/**
 * Parses the key–value pairs.
 * @throws RangeError with the key that is missing or wrong, and its value.
 */
export function parseMetadata(entries: ReadonlyMap<string, string>): ModelMetadata {
  const levels = text(entries, 'levels').split(',').map(Number);
  if (!levels.every((level, k) => level > (levels[k - 1] ?? 0) && level < 1)) {
    throw new RangeError(
      `${PREFIX}levels must increase strictly within (0, 1), found "${text(entries, 'levels')}"`,
    );
  }
  return {
    model: text(entries, 'model'),
    resource: text(entries, 'resource'),
    unit: text(entries, 'unit'),
    shape: {
      stepSeconds: positiveInteger(entries, 'step_seconds'),
      context: positiveInteger(entries, 'context'),
      horizon: positiveInteger(entries, 'horizon'),
      levels,
    },
    trainedFromSeconds: instant(entries, 'trained_from'),
    trainedToSeconds: instant(entries, 'trained_to'),
  };
}

type Entries = ReadonlyMap<string, string>;

function text(entries: Entries, key: string): string {
  const value = entries.get(PREFIX + key);
  if (value === undefined) throw new RangeError(`the metadata lack ${PREFIX}${key}`);
  return value;
}

function positiveInteger(entries: Entries, key: string): number {
  const value = Number(text(entries, key));
  if (Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`${PREFIX}${key} must be a positive integer, found "${text(entries, key)}"`);
}

/** Parses ISO 8601 or Unix seconds. */
function instant(entries: Entries, key: string): number {
  const value = text(entries, key);
  const seconds = /^-?\d+$/.test(value) ? Number(value) : Date.parse(value) / 1000;
  if (Number.isFinite(seconds)) return seconds;
  throw new RangeError(`${PREFIX}${key} must be an ISO 8601 time, found "${value}"`);
}
