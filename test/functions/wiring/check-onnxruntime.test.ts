import { describe, expect, test } from 'vitest';
import { checkOnnxruntime, OnnxruntimeError } from '#functions/wiring/check-onnxruntime.ts';

describe('the self-test of ONNX Runtime', () => {
  test('passes where the library loads', () => {
    expect(() => checkOnnxruntime('arm64')).not.toThrow();
  });

  test('tells a crash of the library from this process and says what to do', () => {
    const crash = () => checkOnnxruntime('arm64', 'process.abort()');
    expect(crash).toThrow(OnnxruntimeError);
    expect(crash).toThrow(/arm64 \(signal SIGABRT\): deploy with modelArchitecture x86_64/);
  });

  test('tells a library that is not there', () => {
    const missing = () => checkOnnxruntime('arm64', "require('not-onnxruntime')");
    expect(missing).toThrow(/exit status 1/);
  });

  test('is not run on x64, where start-ups need not pay for it', () => {
    expect(() => checkOnnxruntime('x64', 'process.abort()')).not.toThrow();
  });
});
