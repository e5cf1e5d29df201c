import type { AddValue, Scale, SeriesKey, ValueSink } from '#adapters/local/formats/format.ts';
import { resourceOfMetric } from '#adapters/local/formats/metric-resource.ts';
import { InputError } from '#adapters/local/input-error.ts';
import type { CellBudget } from '#adapters/local/tables/cell-budget.ts';
import { chosenReader } from '#adapters/local/times/chosen-reader.ts';
import type { TimeReader } from '#adapters/local/times/time-reader.ts';
import type { Unit } from '#adapters/local/values/unit.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { shellWord } from '#core/text/shell-word.ts';
import { LARGEST_AMOUNT, noticeableAmount } from '#models/series/amount-range.ts';
import type { FileOptions } from './input-options.ts';
import type { Measurements } from './measurements.ts';
import { seriesName } from './series-name.ts';

export interface SinkOptions {
  /** The name of the file in messages. */
  readonly file: string;
  readonly options: FileOptions;
  readonly into: Measurements;
  readonly budget: CellBudget;
}

/** A sink, and the check that a file had anything for it. */
export interface FileSink extends ValueSink {
  /** Tells the line of the values that follow, for messages. */
  at(line: number): void;
  /** @throws InputError if no value was taken. */
  requireValues(): void;
}

/** Cells of a value and its time. */
const CELLS = 2;

/** Takes the values of one file into the measurements of all files. */
export function createSink({ file, options, into, budget }: SinkOptions): FileSink {
  const { resource: named, units, by, columns, use } = options;
  const unknown = new Set<string>();
  let reader: TimeReader | null = null;
  let values = 0;
  let current: number | undefined;
  const refuse = (problem: string, line?: number): never => {
    throw new InputError({ file, line, problem });
  };
  const command = (given: string): string => `try foreprint import ${shellWord(file)} ${given}`;
  const factorOf = (resource: Resource, { scale, metric }: SeriesKey): number => {
    const unit = units[resource];
    const what = metric ?? resource;
    if (scale === 'exact') return 1;
    use.mark(`unit ${resource}`);
    if (scale !== null && !answers(unit, scale)) {
      refuse(`${what} ${SAYS[scale]}; ${command(`--unit ${resource}=${WANTED[scale](resource)}`)}`);
    }
    return unit?.factor ?? 1;
  };
  const applicationOf = ({ labels }: SeriesKey): string => {
    const name = seriesName(labels, by);
    use.mark(name === null ? 'application' : 'by');
    if (typeof name === 'string') return name;
    if (name === null) return options.application ?? nameOfFile(file);
    const has = Object.keys(labels).join(', ');
    return refuse(`a series has no label ${name.missing}; it has ${has} (--by)`);
  };
  return {
    resource: named,
    columns,
    refuse,
    command,
    at(line) {
      current = line;
    },
    isAsked: (resource) => units[resource] !== undefined,
    series(key): AddValue | null {
      if (named !== null) use.mark(`resource ${named}`);
      const known = key.resource ?? (key.metric === null ? null : resourceOfMetric(key.metric));
      // A file may hold several resources, of which the user wants one.
      if (key.resource !== undefined && named !== null && key.resource !== named) return null;
      const resource = named ?? known;
      if (resource === null) {
        unknown.add(key.metric ?? '');
        return null;
      }
      const factor = factorOf(resource, key);
      const application = applicationOf(key);
      const part = into.part(application, resource, identityOf(key), key.isFallback ?? false);
      return (seconds, value) => {
        if (value < 0 || value > LARGEST_AMOUNT || !Number.isFinite(seconds)) {
          refuse(`${resource} of ${application}: ${value} is not an amount`, current);
        }
        budget.take(file, CELLS);
        values++;
        part.times.push(seconds);
        part.values.push(noticeableAmount(value) * factor);
      };
    },
    seconds(text, line) {
      reader ??= chosenReader(text, options);
      const seconds = reader.read(text);
      if (Number.isNaN(seconds)) refuse(reader.problem(JSON.stringify(text)), line);
      return seconds;
    },
    requireValues() {
      if (values > 0) return;
      if (unknown.size === 0) refuse('holds no measured value');
      const metrics = [...unknown].filter((metric) => metric !== '').slice(0, 3);
      const what =
        metrics.length === 0
          ? 'does not say which resource it measures'
          : `measures ${metrics.join(', ')}, which says no resource`;
      refuse(`${what}; ${command('--resource cpu')} (or memory, disk, network)`);
    },
  };
}

/** The same in every file that holds the series, whatever stands beside it there. */
function identityOf({ labels, part = '' }: SeriesKey): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([part, sorted]);
}

const SAYS = {
  percent: 'is in percent',
  share: 'is a share of a machine',
  counter: 'is a counter, of which the rate is needed',
  period: 'counts the bytes of a period',
} as const;

const WANTED = {
  percent: (resource: Resource) =>
    resource === 'cpu'
      ? 'percent:4 (of 4 cores; percent:2x3 of 3 instances of 2)'
      : 'percent:16GiB',
  share: (resource: Resource) => (resource === 'cpu' ? 'share:64 (of 64 cores)' : 'share:256GiB'),
  counter: () => 'counter',
  period: () => 'bytes/step',
} as const;

function answers(unit: Unit | undefined, scale: Exclude<Scale, 'exact' | null>): boolean {
  if (unit === undefined) return false;
  return scale === 'percent' || scale === 'share' || unit.per !== 'value';
}

/** Without folders and endings: `web` of `logs/web.csv.gz`. */
export function nameOfFile(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? file;
  return base.replace(/(\.(csv|tsv|txt|json|jsonl|lp|gz|parquet|log|data))+$/i, '') || base;
}
