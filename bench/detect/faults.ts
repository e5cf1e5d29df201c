import { join } from 'node:path';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { detectFootprint } from '#core/detect/detect-footprint.ts';
import { INITIAL_DETECTOR_STATE } from '#core/detect/detector-state.ts';
import { footprintAt } from '#core/footprint-at.ts';
import type { FootprintWindow } from '#core/footprint.ts';
import { createRandom } from '#core/random.ts';
import { DEFAULT_SETTINGS } from '#core/settings.ts';
import { FAULT_KINDS, FAULTS, type Fault } from './injected-faults.ts';
import { hourOfWeekBand, openings, sigmaRule, type RowRule } from './rival-alarms.ts';

/** Two faults of one application lie apart; both come after two weeks of history. */
const FAULT_ROWS = [4_400, 6_600];
const FAULTS_WANTED = 100;
const HISTORY_ROWS = 4_032;
const WEEK_ROWS = 2_016;
/** Incidents this long after a fault's end are its own: something changed back. */
const AFTERMATH_ROWS = 288;

interface Injected {
  readonly fault: Fault;
  readonly fromRow: number;
}
interface Opening {
  readonly row: number;
  readonly isPage: boolean;
}
type Detector = (window: FootprintWindow, fromSeconds: number) => readonly Opening[];

const settings = DEFAULT_SETTINGS.detection;
const month = process.argv[2] ?? '2013-09';
const file = join(import.meta.dirname, `../../../shared/data/bitbrains-rnd/${month}.parquet`);

/** Without a trained model: what the streaming detector does by itself. */
const foreprint: Detector = (window) => {
  let state = INITIAL_DETECTOR_STATE;
  const opened: Opening[] = [];
  for (let row = 0; row < window.values.cpu.length; row++) {
    const timestampSeconds = window.startSeconds + row * window.stepSeconds;
    const actual = footprintAt(window, row);
    const observation = { applicationId: 'app', timestampSeconds, actual, expected: {} };
    const step = detectFootprint(state, observation, settings);
    state = step.state;
    for (const { level, causes } of step.opened) {
      if (!causes.includes('absence')) opened.push({ row, isPage: level === 'page' });
    }
  }
  return opened;
};

/** One alarm per metric, as such rules are deployed. */
const rival =
  (create: () => RowRule): Detector =>
  ({ values, startSeconds, stepSeconds }) =>
    Object.values(values).flatMap((series) => {
      const rule = create();
      const strange = Array.from(
        series,
        (value, row) => Number.isFinite(value) && rule(startSeconds + row * stepSeconds, value),
      );
      return openings(strange, settings).map((row) => ({ row, isPage: true }));
    });

const detectors: Readonly<Record<string, Detector>> = {
  'Foreprint, warnings and pages': foreprint,
  'hour of week ± 2 deviations': rival(() => hourOfWeekBand(2)),
  'hour of week ± 3 deviations': rival(() => hourOfWeekBand(3)),
  '3 sigma of the last week': rival(() => sigmaRule(3)),
};

const { applications } = await readTrace([file]);
const chosen = applications
  .filter(({ window }) => isBusy(window.values.cpu))
  .slice(0, FAULTS_WANTED / FAULT_ROWS.length);
const random = createRandom(7);
const spoilt = chosen.map(({ window }, k) => inject(window, k));

for (const [name, detector] of Object.entries(detectors)) {
  const results = spoilt.map(({ window, faults }) => ({
    faults,
    openings: detector(window, window.startSeconds),
  }));
  report(name, results);
  if (name.startsWith('Foreprint')) {
    const pages = results.map(({ faults, openings }) => ({
      faults,
      openings: openings.filter(({ isPage }) => isPage),
    }));
    report('Foreprint, pages only', pages);
  }
}

/** Idle machines show nothing that a fault could change. */
function isBusy(cpu: Float64Array): boolean {
  const measured = cpu.filter((value) => Number.isFinite(value));
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  return measured.length > 0.95 * cpu.length && mean > 0.02;
}

function inject(
  window: FootprintWindow,
  application: number,
): { readonly window: FootprintWindow; readonly faults: readonly Injected[] } {
  const cpu = window.values.cpu.slice();
  const faults = FAULT_ROWS.map((fromRow, k) => {
    const fault = FAULTS[(application * FAULT_ROWS.length + k) % FAULTS.length]!;
    const past = cpu.slice(fromRow - HISTORY_ROWS, fromRow).filter(Number.isFinite);
    const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
    const square = past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / past.length;
    const context = { mean, deviation: Math.sqrt(square), last: past.at(-1)!, random };
    for (let age = 0; age < fault.rows; age++) {
      cpu[fromRow + age] = fault.change(cpu[fromRow + age]!, age, context);
    }
    return { fault, fromRow };
  });
  return { window: { ...window, values: { ...window.values, cpu } }, faults };
}

function report(
  name: string,
  results: readonly {
    readonly faults: readonly Injected[];
    readonly openings: readonly Opening[];
  }[],
): void {
  const delays = new Map<string, number[]>(FAULT_KINDS.map((kind) => [kind, []]));
  const asked = new Map<string, number>();
  let [falses, weeks] = [0, 0];
  for (const { faults, openings } of results) {
    const own = (row: number) =>
      faults.find(
        ({ fault, fromRow }) => fromRow <= row && row < fromRow + fault.rows + AFTERMATH_ROWS,
      );
    for (const { fault, fromRow } of faults) {
      asked.set(fault.kind, (asked.get(fault.kind) ?? 0) + 1);
      const first = openings.find(({ row }) => fromRow <= row && row < fromRow + fault.rows + 12);
      if (first !== undefined) delays.get(fault.kind)!.push((first.row - fromRow) * 5);
    }
    const counted = openings.filter(({ row }) => row >= HISTORY_ROWS);
    falses += counted.filter(({ row }) => own(row) === undefined).length;
    weeks += 1 * ((8_352 - HISTORY_ROWS) / WEEK_ROWS);
  }
  console.log(`${name}: ${(falses / weeks).toFixed(2)} false incidents per application and week`);
  console.table(
    FAULT_KINDS.map((kind) => {
      const found = delays.get(kind)!.sort((a, b) => a - b);
      return {
        fault: kind,
        faults: asked.get(kind) ?? 0,
        found: found.length,
        'median delay, minutes': found[found.length >> 1] ?? '',
      };
    }),
  );
}
