import { describe, expect, test } from 'vitest';
import { checkOnnxruntime, OnnxruntimeError } from '#functions/wiring/check-onnxruntime.ts';

describe('the self-test of ONNX Runtime', () => {
  test('passes if the library loads', () => {
    expect(() => checkOnnxruntime('arm64')).not.toThrow();
  });

  test('survives a crash of the library and states the remedy', () => {
    const crash = () => checkOnnxruntime('arm64', 'process.abort()');
    expect(crash).toThrow(OnnxruntimeError);
    expect(crash).toThrow(/arm64 \(signal SIGABRT\): deploy with modelArchitecture x86_64/);
  });

  test('reports a missing library', () => {
    const missing = () => checkOnnxruntime('arm64', "require('not-onnxruntime')");
    expect(missing).toThrow(/exit status 1/);
  });

  test('is skipped on x64', () => {
    expect(() => checkOnnxruntime('x64', 'process.abort()')).not.toThrow();
  });
});
