import protobuf from 'protobufjs';

/** Field of onnx.proto's ModelProto. */
const FUNCTIONS = 25;

/**
 * True if a model file contains a graph that others made: a candidate that was selected. Only such
 * graphs are exported as functions. False for bytes that are no ONNX file.
 */
export function hasForeignGraph(bytes: Uint8Array): boolean {
  const reader = protobuf.Reader.create(bytes);
  try {
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      if (tag >>> 3 === FUNCTIONS) return true;
      reader.skipType(tag & 7);
    }
    return false;
  } catch {
    // Whoever loads it says what is wrong.
    return false;
  }
}
