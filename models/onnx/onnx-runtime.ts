import type { InferenceSession, TensorConstructor } from 'onnxruntime-node';

/** What of the package onnxruntime-node is used. */
interface OnnxRuntime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: TensorConstructor;
}

/** The package onnxruntime-node is wanted and not installed. */
export class OnnxRuntimeMissing extends Error {
  constructor(options?: ErrorOptions) {
    super(
      'ONNX Runtime is not installed; "npm install --ignore-scripts onnxruntime-node" installs it',
      options,
    );
    this.name = 'OnnxRuntimeMissing';
  }
}

/**
 * ONNX Runtime, loaded when it is first wanted: it is large, and what this project trains runs by
 * its definition without it.
 * @throws OnnxRuntimeMissing, or the error of a package that does not load.
 */
export async function onnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw isMissing(cause) ? new OnnxRuntimeMissing({ cause }) : cause;
  }
}

/** @throws the error of a package that is installed and does not load. */
export async function hasOnnxRuntime(): Promise<boolean> {
  try {
    await onnxRuntime();
    return true;
  } catch (error) {
    if (error instanceof OnnxRuntimeMissing) return false;
    throw error;
  }
}

const MISSING = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && MISSING.includes(String(cause.code));
}
