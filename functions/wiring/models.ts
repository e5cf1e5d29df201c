import { S3Client } from '@aws-sdk/client-s3';
import { createS3ModelStore } from '#adapters/aws/s3-model-store.ts';
import { environment } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { createForecasterCache } from '#models/onnx/forecaster-cache.ts';
import { CALL_LIMITS } from './call-limits.ts';
import { checkOnnxruntime } from './check-onnxruntime.ts';
import { traced } from './instruments.ts';

/**
 * Most models that stay loaded between invocations: those of 512 groups. Their sessions must fit
 * into the function's memory.
 */
const LOADED_MODELS = 2048;

checkOnnxruntime(process.arch);

const s3 = traced(new S3Client(CALL_LIMITS));

export const models = createS3ModelStore({
  client: s3,
  bucket: required(environment, 'FOREPRINT_MODELS_BUCKET'),
  prefix: 'models/',
});

export const forecasters = createForecasterCache((sha256) => models.get(sha256), LOADED_MODELS);
