import type { TrainedLstm } from './lstm-family.ts';

/** First line of the file, before the weights. */
const FORMAT = 'foreprint-lstm-1';

/** A trained network as bytes: a line of JSON, then the weights as little-endian float32. */
export function encodeLstm({ hidden, levels, parameters }: TrainedLstm): Uint8Array {
  const head = { format: FORMAT, hidden, levels, weights: parameters.length };
  const line = new TextEncoder().encode(`${JSON.stringify(head)}\n`);
  const bytes = new Uint8Array(line.length + 4 * parameters.length);
  bytes.set(line);
  const view = new DataView(bytes.buffer, line.length);
  parameters.forEach((value, k) => view.setFloat32(4 * k, value, true));
  return bytes;
}

/** @throws RangeError if the bytes are not what `encodeLstm` gives. */
export function decodeLstm(bytes: Uint8Array): TrainedLstm {
  const end = bytes.indexOf('\n'.charCodeAt(0));
  const { hidden, levels, weights } = parseHead(new TextDecoder().decode(bytes.subarray(0, end)));
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1, bytes.length - end - 1);
  if (view.byteLength !== 4 * weights) {
    throw new RangeError(`${view.byteLength} bytes of weights, ${4 * weights} were announced`);
  }
  const parameters = Float32Array.from({ length: weights }, (_, k) => view.getFloat32(4 * k, true));
  return { hidden, levels, parameters };
}

interface Head {
  readonly hidden: number;
  readonly levels: readonly number[];
  readonly weights: number;
}

function parseHead(line: string): Head {
  const head: unknown = line.startsWith(`{"format":"${FORMAT}"`) ? JSON.parse(line) : null;
  if (!isHead(head)) throw new RangeError('not a network that was trained here');
  return head;
}

function isHead(value: unknown): value is Head {
  if (typeof value !== 'object' || value === null) return false;
  const { hidden, levels, weights } = value as Record<string, unknown>;
  const isCount = (one: unknown) => Number.isInteger(one) && Number(one) > 0;
  return isCount(hidden) && isCount(weights) && Array.isArray(levels);
}
