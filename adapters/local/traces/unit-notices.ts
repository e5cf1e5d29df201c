import { RESOURCES, type Resource } from '#core/domain/footprint.ts';

/** Measured values of one application by resource, oldest first, NaN for gaps. */
export type MeasuredValues = Readonly<Partial<Record<Resource, Float64Array>>>;

/** More cores than most applications use, and what a percentage does not exceed. */
const MANY_CORES = 64;
const WHOLE_PERCENT = 100;
/** Less memory than any process takes. */
const LITTLE_MEMORY = 2 ** 20;
/** Fewer values may grow: a job may use more and more for hours. */
const LEAST_GROWING = 250;

/** What values suggest that they are in another unit: a sentence for each such resource. */
export function unitNotices(applications: readonly MeasuredValues[]): readonly string[] {
  const notices: string[] = [];
  const cpu = largest(applications, 'cpu');
  if (cpu > MANY_CORES && cpu <= WHOLE_PERCENT) {
    notices.push(
      `cpu looks like percent: it reaches ${cpu.toFixed(1)} and never exceeds 100; cores in use are expected; if so, import it with --unit cpu=percent:CORES`,
    );
  }
  const memory = largest(applications, 'memory');
  if (memory > 0 && memory < LITTLE_MEMORY) {
    notices.push(
      `memory looks like MiB or GiB: its largest value is ${Math.round(memory)}; bytes in use are expected; if so, import it with --unit memory=MiB`,
    );
  }
  for (const resource of RESOURCES) {
    const known = applications
      .map((values) => values[resource])
      .filter((values) => values !== undefined);
    if (known.length > 0 && known.every(onlyGrows)) {
      notices.push(
        `${resource} only grows: it looks like a counter; its rate is expected; if so, import it with --unit ${resource}=counter`,
      );
    }
  }
  return notices;
}

function largest(applications: readonly MeasuredValues[], resource: Resource): number {
  let most = 0;
  for (const { [resource]: values } of applications) {
    for (const value of values ?? []) if (value > most) most = value;
  }
  return most;
}

function onlyGrows(values: Float64Array): boolean {
  let [last, growing] = [-Infinity, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < last) return false;
    if (value > last) growing++;
    last = value;
  }
  return growing >= LEAST_GROWING;
}
