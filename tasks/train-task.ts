import { loadModelGraph } from '#adapters/local/candidates/load-model-file.ts';
import { trainerInProcess } from '#core/training/train-in-process.ts';
import type { TrainerResult, TrainingJob } from '#core/training/trainer.ts';
import { hasOnnxruntime } from '#models/onnx/onnxruntime.ts';

/**
 * Trains in this thread. A file of others is asked in a process of its own, with limits. Where ONNX
 * Runtime is not installed, no file is loaded to check it: models run by their definitions there,
 * which the cross-validation has asked.
 * @param goOn throws where nobody wants the result any more; called before every candidate.
 */
export async function trainTask(
  job: TrainingJob,
  goOn: () => void = () => undefined,
): Promise<TrainerResult> {
  const load = (await hasOnnxruntime()) ? loadModelGraph : null;
  return trainerInProcess(() => undefined, load, goOn)(job);
}
