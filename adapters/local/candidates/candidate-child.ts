import { externalModel } from '#models/families/external/external-model.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster, type Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { uncalibrated } from '#models/onnx/raw-rows.ts';
import type { CandidateAnswer, CandidateRequest } from './candidate-message.ts';

/** This process's end of the channel. */
type Channel = Pick<NodeJS.Process, 'on' | 'send' | 'exit'>;

/** Answers requests one by one until the parent disconnects. */
export function answerRequests(channel: Channel): void {
  let forecaster: Forecaster | null = null;
  const send = (answer: CandidateAnswer): void => void channel.send?.(answer);
  const answer = async (request: CandidateRequest): Promise<CandidateAnswer> => {
    if (request.kind === 'load') {
      const { onnx, isModelFile } = request;
      forecaster = await loadForecaster(onnx);
      if (!isModelFile) await requireBuildable(onnx, forecaster);
      return { kind: 'loaded', metadata: forecaster.metadata };
    }
    if (forecaster === null) throw new Error('no file was loaded');
    const { history, originsSeconds, stepsAhead } = request;
    const quantiles = await forecaster.forecast(history, originsSeconds, stepsAhead);
    return { kind: 'forecast', quantiles };
  };
  channel.on('disconnect', () => channel.exit(0));
  // Only the parent writes to the channel.
  channel.on('message', (request: CandidateRequest) => {
    answer(request).then(send, (error: unknown) => {
      send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    });
  });
  send({ kind: 'ready' });
}

/** A selected model becomes part of a Foreprint model file, so the export must work. */
async function requireBuildable(onnx: Uint8Array, { metadata }: Forecaster): Promise<void> {
  const { shape } = metadata;
  const raw = externalModel(metadata.model, { onnx, own: shape }, shape);
  const whole = exportModel(uncalibrated(raw), metadata);
  await (await loadForecaster(whole)).release();
}
