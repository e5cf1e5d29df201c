import type { ForecastModel, ModelFamily } from '#models/contract/forecast-model.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';
import { exportDefinition, exportModel } from '#models/onnx/export-model.ts';
import {
  DEFAULT_FAMILIES,
  trainModel,
  type TrainingResult,
} from '#models/selection/train-model.ts';
import type { LoadFile } from '#models/stored/load-model.ts';
import { fileFault } from './file-fault.ts';
import { networkFamilies, unfittedNetwork } from './network-families.ts';
import { NETWORK_NAME } from './network-names.ts';
import { trainNetwork } from './train-network.ts';
import { trainUsable, type Contenders } from './train-usable.ts';
import type { TrainedFile, Trainer, TrainingJob } from './trainer.ts';

/** The trainer that runs here and now: cross-validates, fits, calibrates and exports one model. */
export const trainInProcess: Trainer = trainerInProcess(() => undefined);

/**
 * @param onTrained sees every model beside its file, and what it was trained for.
 * @param load loads a file's graph to check it; in this process where absent. Null writes no graph
 * and checks nothing: a replay asks models by their definitions and never loads a file.
 * @param goOn throws where nobody wants the result any more; called before every fit.
 */
export function trainerInProcess(
  onTrained: (onnx: Uint8Array, model: ForecastModel, job: TrainingJob) => void,
  load?: LoadFile | null,
  goOn: () => void = () => undefined,
): Trainer {
  const stoppable = (family: ModelFamily): ModelFamily => ({
    ...family,
    fit(...given) {
      goOn();
      return family.fit(...given);
    },
  });
  return async (job) => {
    const trained = await trainNetwork(job);
    const networks = trained ? [lstmFamily(NETWORK_NAME, trained)] : await otherNetworks(job);
    const families = [...DEFAULT_FAMILIES, ...networks].map(stoppable);
    const result = await train(job, families, load);
    if (result.kind === 'too-little-data') return result;
    onTrained(result.onnx, result.model, job);
    return toFile(result);
  };
}

function otherNetworks(job: TrainingJob): Promise<readonly ModelFamily[]> {
  if ((job.network?.epochs ?? 0) === 0) return networkFamilies(job);
  return Promise.resolve([unfittedNetwork('no member is long enough to train a network on')]);
}

function train(
  job: TrainingJob,
  families: readonly ModelFamily[],
  load: LoadFile | null | undefined,
): Promise<TrainingResult> {
  const contenders = {
    families: competing(job, families),
    external: job.external ?? [],
  };
  const trainWith = (usable: Contenders): TrainingResult =>
    trainModel(job.series, job.shape, {
      resource: job.resource,
      unit: job.unit,
      origins: job.origins,
      penalties: job.penalties ?? {},
      writeFile: load === null ? exportDefinition : exportModel,
      ...usable,
    });
  if (load === null) return Promise.resolve(trainWith(contenders));
  return trainUsable(contenders, (onnx) => fileFault(onnx, job.series, load), trainWith);
}

function toFile(result: Extract<TrainingResult, { readonly kind: 'trained' }>): TrainedFile {
  return {
    kind: 'trained',
    model: result.model.name,
    composition: result.composition,
    onnx: result.onnx,
    shape: result.model.shape,
    crossValidation: result.table,
    reliability: {
      relativeWidth: result.relativeWidth,
      loss: result.loss,
      coverage80: result.coverage80,
    },
    trainedFromSeconds: result.trainedFromSeconds,
    trainedToSeconds: result.trainedToSeconds,
  };
}

/** Those that are named; all where nobody is named, or only somebody who is not here any more. */
function competing(
  { candidates }: TrainingJob,
  families: readonly ModelFamily[],
): readonly ModelFamily[] {
  const named = families.filter(({ name }) => candidates?.includes(name) ?? true);
  return named.length === 0 ? families : named;
}
