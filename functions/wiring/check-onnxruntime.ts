import { spawnSync } from 'node:child_process';

/** ONNX Runtime does not load where this function runs. */
export class OnnxruntimeError extends Error {
  constructor(architecture: string, reason: string) {
    super(
      `ONNX Runtime does not load on ${architecture} (${reason}): deploy with modelArchitecture x86_64`,
    );
    this.name = 'OnnxruntimeError';
  }
}

/** Loads the library and lets it refuse three bytes that are no model. */
const LOAD = `require('onnxruntime-node').InferenceSession.create(new Uint8Array([1, 2, 3]))
  .then(() => process.exit(1), () => process.exit(0));`;

const TIMEOUT_MS = 10_000;

/**
 * Self-test at the start of a function that loads models, on any architecture but x64: the arm64 build has crashed at load
 * where /sys/devices/system/cpu is missing (microsoft/onnxruntime #10038). In a process of its own, because a crash
 * would take this one along without a word.
 * @param script what the other process runs.
 * @throws OnnxruntimeError that says what to do.
 */
export function checkOnnxruntime(architecture: string, script: string = LOAD): void {
  if (architecture === 'x64') return;
  const { status, signal, error } = spawnSync(process.execPath, ['-e', script], {
    stdio: 'ignore',
    timeout: TIMEOUT_MS,
  });
  if (status === 0) return;
  const reason = error?.message ?? (signal === null ? `exit status ${status}` : `signal ${signal}`);
  throw new OnnxruntimeError(architecture, reason);
}
