import { RESTLESSNESS } from '#core/detection/metric/episode-rule.ts';
import { createSeriesScorer } from '#core/detection/metric/score-series.ts';
import { SEVERITY_WEIGHTS } from '#core/detection/metric/severity.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import { knobAlarms } from './knob-alarms.ts';
import { readLabelledFiles, type LabelledFile } from './labelled-files.ts';
import { printLeaveOneOut } from './leave-one-out.ts';
import { operatingPoint, workingPoint, type OperatingPoint } from './operating-curve.ts';
import { TRIVIAL_RULES } from './trivial-rules.ts';
import { PROFILES, windowScore, type Profile } from './window-score.ts';

/**
 * The command line measures `foreprint detect`; this measures the scorer inside it, and rules to
 * compare it with.
 */
const RULES: Readonly<Record<string, (file: LabelledFile) => Float64Array>> = {
  Foreprint: ({ times, values }) => {
    const scorer = createSeriesScorer();
    return values.map((value, row) => scorer.score(times[row]!, value).score);
  },
  ...Object.fromEntries(
    Object.entries(TRIVIAL_RULES).map(([name, rule]) => [
      name,
      ({ values }: LabelledFile) => rule(values),
    ]),
  ),
};

const sets = { nab: readLabelledFiles('nab'), microsoft: readLabelledFiles('microsoft') };
const cloudwatch = (file: LabelledFile): boolean => file.category === 'realAWSCloudwatch';
const profiles = Object.keys(PROFILES) as Profile[];
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

if (benchArguments.includes('--leave-one-out')) {
  await printLeaveOneOut({ ...SEVERITY_WEIGHTS, restlessness: RESTLESSNESS });
} else {
  await printScores();
  await printOperatingCurve();
  await printKnob();
  printSpeed();
}

async function printScores(): Promise<void> {
  const table = Object.entries(RULES).map(([rule, score]) => {
    const row: Record<string, string | number> = { rule };
    const nab = sets.nab.map(score);
    const microsoft = sets.microsoft.map(score);
    for (const profile of profiles) {
      const all = windowScore(sets.nab, nab, profile);
      row[`NAB ${profile}`] = round(all.score);
      if (profile === 'standard') {
        const own = sets.nab.map((file, k) => [file, nab[k]!] as const);
        const part = own.filter(([file]) => cloudwatch(file));
        const [files, scores] = [part.map(([file]) => file), part.map(([, scored]) => scored)];
        row['its AWS part'] = round(windowScore(files, scores, profile, all.threshold).score);
      }
    }
    row['Microsoft'] = round(windowScore(sets.microsoft, microsoft, 'standard').score);
    return row;
  });
  console.table(table);
  await renewTable('detection', 'scores', table);
}

async function printOperatingCurve(): Promise<void> {
  const files = sets.nab;
  const aws = files.filter(cloudwatch);
  const table = Object.entries(RULES).flatMap(([rule, score]) => {
    const [all, part] = [files.map(score), aws.map(score)];
    const line = (what: string, point: OperatingPoint) => ({
      rule,
      'working point': what,
      threshold: round(point.threshold, 2),
      'false episodes per metric and week': round(point.falseEpisodesPerWeek, 2),
      'NAB windows': round(point.found, 2),
      'AWS windows': round(operatingPoint(aws, part, point.threshold).found, 2),
    });
    const points = [2, 1, 0.7, 0.5, 0.3, 0.15, 0.05].map((most) =>
      line(`at most ${most}, all files`, workingPoint(files, all, most)),
    );
    const onAws = [0.7, 0.15].map((most) =>
      line(`at most ${most}, AWS`, workingPoint(aws, part, most)),
    );
    return rule === 'Foreprint' ? [...points, ...onAws] : onAws;
  });
  console.table(table);
  const own = table.filter(({ rule }) => rule === 'Foreprint');
  await renewTable('detection', 'operating-curve', own);
}

async function printKnob(): Promise<void> {
  const files = sets.nab;
  const aws = files.filter(cloudwatch);
  const table = [0.05, 0.15, 0.3, 0.7, 1.5].map((knob) => {
    const at = (some: readonly LabelledFile[]) =>
      operatingPoint(
        some,
        some.map((file) => knobAlarms(file, knob)),
        1,
      );
    const [all, part] = [at(files), at(aws)];
    return {
      'false alerts per metric and week, set': knob,
      'NAB: false episodes': round(all.falseEpisodesPerWeek, 2),
      'NAB: windows': round(all.found, 2),
      'AWS: false episodes': round(part.falseEpisodesPerWeek, 2),
      'AWS: windows': round(part.found, 2),
    };
  });
  console.table(table);
  await renewTable('detection', 'sensitivity', table);
}

function printSpeed(): void {
  const before = process.cpuUsage().user;
  const rows = [...sets.nab, ...sets.microsoft].reduce((sum, file) => {
    RULES['Foreprint']!(file);
    return sum + file.values.length;
  }, 0);
  const seconds = (process.cpuUsage().user - before) / 1e6;
  const bytes = createSeriesScorer().save().length;
  console.log(
    `${Math.round(rows / seconds)} points per second of CPU, ${bytes} bytes of state per metric`,
  );
}
