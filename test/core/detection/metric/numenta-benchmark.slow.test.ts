import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSeriesScorer } from '#core/detection/metric/score-series.ts';

const SHARED = join(import.meta.dirname, '../../../../../shared');
const BENCHMARK = join(SHARED, 'data/anomalies/nab');
const SCORER = join(SHARED, 'tools/nab_score.py');
const present = existsSync(BENCHMARK) && existsSync(SCORER);

function scoreFile(from: string, to: string): void {
  const scorer = createSeriesScorer();
  const [, ...lines] = readFileSync(from, 'utf8').trim().split('\n');
  const rows = lines.map((line) => {
    const [time, value] = line.trim().split(',');
    const at = Date.parse(`${time!.slice(0, 19).replace(' ', 'T')}Z`) / 1000;
    return `${time},${value},${scorer.score(at, Number(value)).score}`;
  });
  writeFileSync(to, `timestamp,value,anomaly_score\n${rows.join('\n')}\n`);
}

// Skipped where ../shared/data/anomalies/nab is absent: the data is not part of the project.
it.skipIf(!present)(
  'beats the rule "new all-time extreme" (57) on the Numenta half by a wide margin',
  () => {
    const output = mkdtempSync(join(tmpdir(), 'foreprint-numenta-'));
    try {
      for (const category of readdirSync(join(BENCHMARK, 'data'))) {
        mkdirSync(join(output, category));
        for (const file of readdirSync(join(BENCHMARK, 'data', category))) {
          scoreFile(join(BENCHMARK, 'data', category, file), join(output, category, file));
        }
      }
      const printed = execFileSync('python3', [SCORER, output, '--nab', BENCHMARK, '--json']);
      const [result] = Object.values(
        JSON.parse(printed.toString()) as Record<string, Record<string, { readonly ALL: number }>>,
      );
      expect(result!['standard']!.ALL).toBeGreaterThan(72);
      expect(result!['low_FP']!.ALL).toBeGreaterThan(66);
    } finally {
      rmSync(output, { recursive: true });
    }
  },
);
