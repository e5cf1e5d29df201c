import { S3Client } from '@aws-sdk/client-s3';
import { createS3ModelStore } from '#adapters/aws/s3-model-store.ts';
import { environment } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { loadForecaster, type Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';
import { loadModel } from '#models/stored/load-model.ts';
import { CALL_LIMITS } from './call-limits.ts';
import { checkOnnxruntimeOnce } from './check-onnxruntime.ts';
import { traced } from './instruments.ts';

/**
 * Most models that stay loaded between invocations: those of 512 groups. They must fit into the
 * function's memory.
 */
const LOADED_MODELS = 2048;

const s3 = traced(new S3Client(CALL_LIMITS));

export const models = createS3ModelStore({
  client: s3,
  bucket: required(environment, 'FOREPRINT_MODELS_BUCKET'),
  prefix: 'models/',
});

export const forecasters = createForecasterCache(
  (sha256) => models.get(sha256),
  LOADED_MODELS,
  (bytes) => loadModel(bytes, loadGraph),
);

/** Only models of others are asked in ONNX Runtime. */
function loadGraph(bytes: Uint8Array): Promise<Forecaster> {
  checkOnnxruntimeOnce();
  return loadForecaster(bytes);
}
