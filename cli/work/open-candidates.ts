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
import { gatherEvidence } from '#models/calibration/gather-evidence.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import type { ExternalCandidate } from '#models/families/external/external-candidate.ts';
import { shapeFault } from '#models/families/external/external-model.ts';
import { rollExternal } from '#models/families/external/roll-external.ts';
import { MINIMUM_POINTS } from '#models/selection/minimum-points.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { trimSeries } from '#models/series/trim-series.ts';

/** Generous limits for a model of a few dozen forecasts; a model needs far less. */
const LIMITS: CandidateLimits = { loadMs: 20_000, forecastMs: 5_000 };

/**
 * A training for which candidates compete. Files for another resource or unit do not compete; a
 * null `measure` fits all files.
 */
export interface CandidateUse {
  readonly series: RegularSeries;
  readonly shape: ForecastShape;
  readonly measure: { readonly resource: string; readonly unit: string } | null;
}

export interface Candidates {
  /** The files that compete for one series, with their forecasts of it. */
  competing(use: CandidateUse): Promise<readonly ExternalCandidate[]>;
}

export interface CandidateOptions {
  readonly directory: string | undefined;
  /** Receives one message per file and fault. */
  readonly note: (message: string) => void;
  readonly limits?: CandidateLimits;
}

/** A file in its process, and its name among the candidates. */
interface Running {
  readonly file: string;
  readonly name: string;
  readonly onnx: Uint8Array;
  readonly process: CandidateProcess;
}

/**
 * Opens the model files of a directory, each in its own process, for the duration of some work. A
 * file that cannot be used is reported and omitted; it never ends the work.
 * @throws InputError if the directory cannot be read.
 */
export async function withCandidates<T>(
  { directory, note, limits = LIMITS }: CandidateOptions,
  work: (candidates: Candidates) => Promise<T>,
): Promise<T> {
  if (directory === undefined) return work({ competing: async () => [] });
  const reportRejection = oncePerFile((file, reason) =>
    note(`candidate ${file} is rejected: ${reason}`),
  );
  const remark = oncePerFile((file, text) => note(`candidate ${file} ${text}`));
  const files = await readCandidateFiles(directory);
  if (files.length === 0) note(`${directory} contains no candidates (*.onnx)`);
  const running: Running[] = [];
  try {
    for (const file of files) {
      const candidate = await start(file, limits).catch((error: unknown) => {
        reportRejection(file.file, messageOf(error));
      });
      if (candidate) running.push(candidate);
    }
    const competing = async (use: CandidateUse): Promise<readonly ExternalCandidate[]> => {
      const fitting = running.filter(({ process }) => isForMeasure(process, use));
      return Promise.all(
        fitting.map((one) => rollOne(one, use, { refuse: reportRejection, remark })),
      );
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
  const name = `${process.metadata.model} (${file})`;
  return { file, name, onnx, process };
}

function isForMeasure({ metadata }: CandidateProcess, { measure }: CandidateUse): boolean {
  return (
    measure === null || (metadata.resource === measure.resource && metadata.unit === measure.unit)
  );
}

async function rollOne(
  { file, name, onnx, process }: Running,
  { series, shape }: CandidateUse,
  { refuse: reportRejection, remark }: { readonly refuse: Report; readonly remark: Report },
): Promise<ExternalCandidate> {
  const measured = trimSeries(series);
  const ownShape = process.metadata.shape;
  if (measured.values.length < MINIMUM_POINTS) {
    return { name, reason: 'too few points for a comparison' };
  }
  const evidence = gatherEvidence(measured, shape);
  const fault = shapeFault(ownShape, evidence.shape);
  if (fault !== null) {
    remark(file, `does not compete for every series: ${fault}`);
    return { name, reason: fault };
  }
  const validationSeconds = validationStart(evidence);
  if (process.metadata.trainedToSeconds > validationSeconds) {
    remark(
      file,
      `was trained on data after ${isoTime(validationSeconds)}, the start of its validation`,
    );
  }
  try {
    return { name, onnx, own: ownShape, rolled: await rollExternal(process, evidence) };
  } catch (error) {
    reportRejection(file, messageOf(error));
    return { name, reason: messageOf(error) };
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/**
 * Start of the first step on which candidates are compared. A model that was trained on later steps
 * looks better than it is.
 */
function validationStart({ plan, series }: ReturnType<typeof gatherEvidence>): number {
  const first = plan.folds[1]?.start ?? series.values.length;
  return series.startSeconds + first * series.stepSeconds;
}

type Report = (file: string, text: string) => void;

/** Reports only the first fault of each file. */
function oncePerFile(report: Report): Report {
  const reportedFiles = new Set<string>();
  return (file, reason) => {
    if (reportedFiles.has(file)) return;
    reportedFiles.add(file);
    report(file, reason);
  };
}
