import type { InferenceSession, TensorConstructor } from 'onnxruntime-node';

/** What of the package onnxruntime-node is used. */
interface OnnxRuntime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: TensorConstructor;
}

/** The package onnxruntime-node is wanted and not installed. */
export class OnnxruntimeMissing extends Error {
  constructor(options?: ErrorOptions) {
    super(
      'ONNX Runtime is not installed; "npm install --ignore-scripts onnxruntime-node" installs it',
      options,
    );
    this.name = 'OnnxruntimeMissing';
  }
}

/**
 * ONNX Runtime, loaded when it is first wanted: it is large, and what this project trains runs by
 * its definition without it.
 * @throws OnnxruntimeMissing, or the error of a package that does not load.
 */
export async function onnxruntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw isMissing(cause) ? new OnnxruntimeMissing({ cause }) : cause;
  }
}

/** @throws the error of a package that is installed and does not load. */
export async function hasOnnxruntime(): Promise<boolean> {
  try {
    await onnxruntime();
    return true;
  } catch (error) {
    if (error instanceof OnnxruntimeMissing) return false;
    throw error;
  }
}

const MISSING = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && MISSING.includes(String(cause.code));
}
