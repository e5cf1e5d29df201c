import { amountCell } from '#adapters/local/values/amount-cell.ts';
import type { LineFormat, ValueSink } from './format.ts';

const HEADER = /^(NAMESPACE\s+)?(POD\s+)?NAME\s+CPU\(cores\)\s+(CPU%\s+)?MEMORY\(bytes\)/;
const TIME = /^(\d{10}|\d{4}-\d\d-\d\d[T ]\S+.*)$/;
const UNITS: Readonly<Record<string, string>> = { Ki: 'KiB', Mi: 'MiB', Gi: 'GiB', Ti: 'TiB' };
/** Ends of the names that a deployment and a daemon set give to pods. */
const POD_SUFFIX = /(-[0-9a-f]{6,10})?-[a-z0-9]{5}$|-\d+$/;

/**
 * What `kubectl top pods` printed, again and again, each time after a line with the time. Pods are
 * added up to what runs them: their name without the random end.
 */
export const kubectlTop: LineFormat = {
  kind: 'lines',
  matches: (head) => head.split(/\r?\n/, 10).some((line) => HEADER.test(line.trim())),
  reader(sink) {
    let [seconds, columns]: [number | null, readonly string[]] = [null, []];
    return {
      line(text, line) {
        const trimmed = text.trim();
        if (trimmed === '') return;
        if (TIME.test(trimmed)) {
          seconds = sink.seconds(trimmed, line);
          return;
        }
        if (HEADER.test(trimmed)) {
          columns = trimmed.split(/\s+/);
          return;
        }
        if (seconds === null) {
          return sink.refuse(
            `says no time; record it: while sleep 60; do date -u +%FT%TZ; kubectl top pods -A; done > top.txt; then foreprint import top.txt`,
          );
        }
        readPod(trimmed.split(/\s+/), columns, { sink, seconds, line });
      },
    };
  },
};

function readPod(
  cells: readonly string[],
  columns: readonly string[],
  { sink, seconds, line }: { sink: ValueSink; seconds: number; line: number },
): void {
  const cell = (name: string): string | undefined => cells[columns.indexOf(name)];
  const pod = cell('NAME');
  const [cpu, memory] = [amount(cell('CPU(cores)')), amount(cell('MEMORY(bytes)'))];
  if (pod === undefined || cpu === null || memory === null) {
    return sink.refuse('is not a pod with its CPU and memory', line);
  }
  const namespace = cell('NAMESPACE');
  const labels = {
    ...(namespace === undefined ? {} : { namespace }),
    workload: pod.replace(POD_SUFFIX, ''),
    pod,
  };
  const key = { labels, scale: 'exact', part: pod } as const;
  sink.series({ ...key, metric: 'cpu', resource: 'cpu' })?.(seconds, cpu);
  sink.series({ ...key, metric: 'memory', resource: 'memory' })?.(seconds, memory);
}

/** `250m`, `2`, `128Mi`; `<unknown>` is not measured. */
function amount(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (text === '<unknown>') return NaN;
  const unit = Object.keys(UNITS).find((end) => text.endsWith(end));
  const written = unit === undefined ? text : text.slice(0, -unit.length) + UNITS[unit]!;
  return amountCell(written)?.value ?? null;
}
