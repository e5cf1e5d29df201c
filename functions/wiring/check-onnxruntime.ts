import { spawnSync } from 'node:child_process';

/** ONNX Runtime cannot be loaded in this environment. */
export class OnnxruntimeError extends Error {
  constructor(architecture: string, reason: string) {
    super(
      `ONNX Runtime does not load on ${architecture} (${reason}): deploy with modelArchitecture x86_64`,
    );
    this.name = 'OnnxruntimeError';
  }
}

/** Loads the library and lets it reject three bytes that are not a model. */
const LOAD = `require('onnxruntime-node').InferenceSession.create(new Uint8Array([1, 2, 3]))
  .then(() => process.exit(1), () => process.exit(0));`;

const TIMEOUT_MS = 10_000;

/**
 * Self-test before ONNX Runtime is loaded for the first time, on any architecture but x64: the arm64
 * build has crashed on loading if /sys/devices/system/cpu is missing (microsoft/onnxruntime
 * #10038). The test runs in its own process, because a crash would end this one without a message.
 * @param script program of the test process.
 * @throws OnnxruntimeError that states the remedy.
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

let isChecked = false;

/** The self-test of this process, once. */
export function checkOnnxruntimeOnce(): void {
  if (isChecked) return;
  checkOnnxruntime(process.arch);
  isChecked = true;
}
