import { renewTable } from '../write-table.ts';
import { chooseConstants, scoreOf, type Benchmark } from './choose-constants.ts';
import { readFaultyFiles } from './faulty-files.ts';
import { readLabelledFiles } from './labelled-files.ts';
import { record, scoresOf, type ScoreConstants } from './recorded-rows.ts';
import { windowScore } from './window-score.ts';

const MONTH = '2013-09';
const round = (value: number): number => Number(value.toFixed(1));

/**
 * Chooses the weights of the views, of the range rule and of past alarms anew, without what they
 * are measured on: without a whole benchmark, and without each folder of NAB.
 */
export async function printLeaveOneOut(own: ScoreConstants): Promise<void> {
  const nab = readLabelledFiles('nab').map(record);
  const microsoft = readLabelledFiles('microsoft').map(record);
  const faulty = await readFaultyFiles(MONTH);
  const faults = faulty.filter((_, k) => k % 2 === 0).map(record);
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
  const byFolder = leaveFoldersOut(nab, [microsoft, faults]);
  const folders = [
    {
      'left out': 'each folder of NAB: constants and threshold',
      NAB: round(byFolder.all),
      'its AWS part': round(byFolder.aws),
    },
    {
      'left out': 'each folder of NAB: the threshold of the constants in use',
      ...(({ all, aws: part }) => ({ NAB: round(all), 'its AWS part': round(part) }))(
        leaveFoldersOut(nab, [], own),
      ),
    },
  ];
  console.table(table);
  console.table(folders);
  console.log('chosen on all', JSON.stringify(chosen));
  await renewTable('detection', 'leave-one-out', table);
  await renewTable('detection', 'leave-folder-out', folders);
}

/**
 * Scores of NAB with the constants and the threshold of each folder chosen on the other folders and
 * on other benchmarks.
 * @param constants are not chosen anew if they are given.
 */
function leaveFoldersOut(
  nab: Benchmark,
  others: readonly Benchmark[],
  constants?: ScoreConstants,
): { readonly all: number; readonly aws: number } {
  const thresholds = new Map<string, { readonly constants: ScoreConstants; readonly at: number }>();
  for (const category of new Set(nab.map(({ file }) => file.category))) {
    const rest = nab.filter(({ file }) => file.category !== category);
    const chosen = constants ?? chooseConstants([rest, ...others]);
    thresholds.set(category, { constants: chosen, at: scoreOf(rest, chosen).threshold });
  }
  const scoreAtOne = (part: Benchmark): number => {
    const files = part.map(({ file }) => file);
    const scores = part.map((recorded) => {
      const fold = thresholds.get(recorded.file.category)!;
      return scoresOf(recorded, fold.constants).map((score) => score / fold.at);
    });
    return windowScore(files, scores, 'standard', 1).score;
  };
  return {
    all: scoreAtOne(nab),
    aws: scoreAtOne(nab.filter(({ file }) => file.category === 'realAWSCloudwatch')),
  };
}
