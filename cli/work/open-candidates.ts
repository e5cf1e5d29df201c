import {
  startCandidate,
  type CandidateLimits,
  type CandidateProcess,
} from '#adapters/local/candidates/candidate-process.ts';
import {
  readCandidateFiles,
  type CandidateFile,
} from '#adapters/local/candidates/read-candidate-files.ts';
import { isoTime } from '#cli/output/iso-time.ts';
import type { ExternalCandidate } from '#models/families/external/external-candidate.ts';
import { shapeFault } from '#models/families/external/external-model.ts';
import { rollExternal } from '#models/families/external/roll-external.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { gatherEvidence } from '#models/calibration/gather-evidence.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { MINIMUM_POINTS } from '#models/selection/train-model.ts';
import { trimSeries } from '#models/series/trim-series.ts';

/** Far more than a model needs that a function can run: 32 forecasts, or one file loaded twice. */
const LIMITS: CandidateLimits = { loadMs: 20_000, forecastMs: 5_000 };

/** What a training is of: files for another resource or in another unit do not compete; null fits all. */
export interface CandidateUse {
  readonly series: RegularSeries;
  readonly shape: ForecastShape;
  readonly measure: { readonly resource: string; readonly unit: string } | null;
}

export interface Candidates {
  /** The files that compete for one series, rolled over it. */
  competing(use: CandidateUse): Promise<readonly ExternalCandidate[]>;
}

export interface CandidateOptions {
  readonly directory: string | undefined;
  /** Gets one message per file and fault. */
  readonly note: (message: string) => void;
  readonly limits?: CandidateLimits;
}

/** A file in its process, and the name that it has among the candidates. */
interface Running {
  readonly file: string;
  readonly name: string;
  readonly onnx: Uint8Array;
  readonly process: CandidateProcess;
}

/**
 * Opens the model files of a directory, each in a process of its own, for the time of some work. A file that cannot be
 * used is told of and left out; it never ends the work.
 * @throws InputError if the directory cannot be read.
 */
export async function withCandidates<T>(
  { directory, note, limits = LIMITS }: CandidateOptions,
  work: (candidates: Candidates) => Promise<T>,
): Promise<T> {
  if (directory === undefined) return work({ competing: async () => [] });
  const refuse = onlyOnce((file, reason) => note(`candidate ${file} is refused: ${reason}`));
  const remark = onlyOnce((file, text) => note(`candidate ${file} ${text}`));
  const files = await readCandidateFiles(directory);
  if (files.length === 0) note(`${directory} holds no candidates (*.onnx)`);
  const running: Running[] = [];
  try {
    for (const file of files) {
      const started = await start(file, limits).catch((error: unknown) => {
        refuse(file.file, messageOf(error));
      });
      if (started) running.push(started);
    }
    const competing = async (use: CandidateUse): Promise<readonly ExternalCandidate[]> => {
      const fitting = running.filter(({ process }) => isMeant(process, use));
      return Promise.all(fitting.map((one) => rollOne(one, use, { refuse, remark })));
    };
    return await work({ competing });
  } finally {
    for (const { process } of running) process.close();
  }
}

async function start(candidate: CandidateFile, limits: CandidateLimits): Promise<Running> {
  if ('reason' in candidate) throw new Error(candidate.reason);
  const { file, onnx } = candidate;
  const process = await startCandidate(onnx, limits);
  // & and + join the names of candidates.
  const name = `${process.metadata.model} (${file})`.replaceAll(/[&+]/g, '-');
  return { file, name, onnx, process };
}

function isMeant({ metadata }: CandidateProcess, { measure }: CandidateUse): boolean {
  return (
    measure === null || (metadata.resource === measure.resource && metadata.unit === measure.unit)
  );
}

async function rollOne(
  { file, name, onnx, process }: Running,
  { series, shape }: CandidateUse,
  { refuse, remark }: { readonly refuse: Tell; readonly remark: Tell },
): Promise<ExternalCandidate> {
  const measured = trimSeries(series);
  const own = process.metadata.shape;
  if (measured.values.length < MINIMUM_POINTS) return { name, reason: 'too little to compare on' };
  const evidence = gatherEvidence(measured, shape);
  const fault = shapeFault(own, evidence.shape);
  if (fault !== null) {
    remark(file, `does not compete for every series: ${fault}`);
    return { name, reason: fault };
  }
  const judgedFrom = validationStart(evidence);
  if (process.metadata.trainedToSeconds > judgedFrom) {
    remark(file, `was trained after ${isoTime(judgedFrom)}, where its validation begins`);
  }
  try {
    return { name, onnx, own, rolled: await rollExternal(process, evidence) };
  } catch (error) {
    refuse(file, messageOf(error));
    return { name, reason: messageOf(error) };
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Start of the first step that candidates are compared on: a model that has seen it looks better than it is. */
function validationStart({ plan, series }: ReturnType<typeof gatherEvidence>): number {
  const first = plan.folds[1]?.start ?? series.values.length;
  return series.startSeconds + first * series.stepSeconds;
}

type Tell = (file: string, text: string) => void;

/** The first fault of a file is enough. */
function onlyOnce(refuse: Tell): Tell {
  const told = new Set<string>();
  return (file, reason) => {
    if (told.has(file)) return;
    told.add(file);
    refuse(file, reason);
  };
}
