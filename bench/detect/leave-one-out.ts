import { renewTable } from '../write-table.ts';
import { chooseConstants, scoreOf, type Benchmark } from './choose-constants.ts';
import { readFaultyFiles } from './faulty-files.ts';
import { readLabelledFiles } from './labelled-files.ts';
import { record, scoresOf, type ScoreConstants } from './recorded-rows.ts';
import { steadyThreshold } from './steady-threshold.ts';
import { windowScore } from './window-score.ts';

/** Injected faults come from every fourth machine of this month: the search takes minutes anyway. */
const MONTH = '2013-09';
const EVERY = 4;
const round = (value: number): number => Number(value.toFixed(1));

/**
 * Chooses the weights of the views, of the range rule and of past alarms anew, without what they
 * are measured on: without a whole benchmark, and without each folder of NAB.
 */
export async function printLeaveOneOut(own: ScoreConstants): Promise<void> {
  const nab = readLabelledFiles('nab').map(record);
  const microsoft = readLabelledFiles('microsoft').map(record);
  const faulty = await readFaultyFiles(MONTH);
  const faults = faulty.filter((_, k) => k % EVERY === 0).map(record);
  const aws = nab.filter(({ file }) => file.category === 'realAWSCloudwatch');
  const row = (what: string, at: string, of: (benchmark: Benchmark) => number) => ({
    'left out': what,
    threshold: at,
    NAB: round(of(nab)),
    'its AWS part': round(of(aws)),
    Microsoft: round(of(microsoft)),
    'injected faults': round(of(faults)),
  });

  const withoutNab = chooseConstants([microsoft, faults]);
  const withoutMicrosoft = chooseConstants([nab, faults]);
  const withoutFaults = chooseConstants([nab, microsoft]);
  const chosenFor = (benchmark: Benchmark): ScoreConstants =>
    benchmark === microsoft ? withoutMicrosoft : benchmark === faults ? withoutFaults : withoutNab;
  const nabThreshold = (constants: ScoreConstants): number => scoreOf(nab, constants).threshold;
  const ownOrNabs = (benchmark: Benchmark, constants: ScoreConstants): number => {
    const threshold = benchmark === aws ? nabThreshold(constants) : undefined;
    return scoreOf(benchmark, constants, threshold).score;
  };
  const chosen = chooseConstants([nab, microsoft, faults]);
  const table = [
    row('nothing: the constants in use', 'own', (benchmark) => ownOrNabs(benchmark, own)),
    row('nothing: chosen by this search', 'own', (benchmark) => ownOrNabs(benchmark, chosen)),
    row('the benchmark', 'own', (benchmark) => ownOrNabs(benchmark, chosenFor(benchmark))),
  ];
  const fold = (what: string, threshold: string, result: FolderScores) => ({
    'chosen without the folder': what,
    threshold,
    NAB: round(result.all),
    'its AWS part': round(result.aws),
  });
  const bestOf: Threshold = (part, constants) => scoreOf(part, constants).threshold;
  const steadyOf: Threshold = (part, constants) =>
    steadyThreshold(
      part.map(({ file }) => file),
      part.map((recorded) => scoresOf(recorded, constants)),
    );
  const others = [microsoft, faults];
  const choose = (rest: Benchmark): ScoreConstants => chooseConstants([rest, ...others]);
  const folders = [
    fold(
      'the threshold',
      'best',
      leaveFoldersOut(nab, () => own, bestOf),
    ),
    fold(
      'the threshold',
      'steady',
      leaveFoldersOut(nab, () => own, steadyOf),
    ),
    fold('constants and threshold', 'steady', leaveFoldersOut(nab, choose, steadyOf)),
  ];
  console.table(table);
  console.table(folders);
  console.log('chosen on all', JSON.stringify(chosen));
  await renewTable('detection', 'leave-one-out', table);
  await renewTable('detection', 'leave-folder-out', folders);
}

interface FolderScores {
  readonly all: number;
  readonly aws: number;
}

type Threshold = (part: Benchmark, constants: ScoreConstants) => number;

/** Scores of NAB with what is chosen for each folder on the other folders. */
function leaveFoldersOut(
  nab: Benchmark,
  choose: (rest: Benchmark) => ScoreConstants,
  thresholdOf: Threshold,
): FolderScores {
  const folds = new Map<string, { readonly constants: ScoreConstants; readonly at: number }>();
  for (const category of new Set(nab.map(({ file }) => file.category))) {
    const rest = nab.filter(({ file }) => file.category !== category);
    const constants = choose(rest);
    folds.set(category, { constants, at: thresholdOf(rest, constants) });
  }
  const scoreAtOne = (part: Benchmark): number => {
    const files = part.map(({ file }) => file);
    const scores = part.map((recorded) => {
      const { constants, at } = folds.get(recorded.file.category)!;
      return scoresOf(recorded, constants).map((score) => score / at);
    });
    return windowScore(files, scores, 'standard', 1).score;
  };
  return {
    all: scoreAtOne(nab),
    aws: scoreAtOne(nab.filter(({ file }) => file.category === 'realAWSCloudwatch')),
  };
}
