import { levelValues } from '#html-report/charts/fan-chart.ts';
import type { LiveFleet } from '#html-report/live/live-application.ts';

/** Levels that are told; the nearest ones of a forecast are taken. */
const LEVELS = [0.1, 0.5, 0.9] as const;
/** How far ahead the largest forecast is looked for. */
const AHEAD_SECONDS = 3600;

type Labels = Readonly<Record<string, string>>;
interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly (readonly [Labels, number])[];
}

/** What the process itself uses. */
export interface ProcessUse {
  readonly residentBytes: number;
  readonly startedAtSeconds: number;
}

/** The text that Prometheus scrapes (text format 0.0.4). */
export function metricsText(fleet: LiveFleet, process: ProcessUse): string {
  return metrics(fleet, process)
    .map(({ name, type, help, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}`),
        '',
      ].join('\n'),
    )
    .join('');
}

function metrics({ applications, health }: LiveFleet, process: ProcessUse): readonly Metric[] {
  const each = (value: (application: (typeof applications)[number]) => number) =>
    applications.map(
      (application) => [{ application: application.applicationId }, value(application)] as const,
    );
  const one = (value: number) => [[{}, value] as const];
  return [
    gauge(
      'foreprint_instances_wanted',
      'Instances wanted now.',
      each((a) => a.decision.instances),
    ),
    gauge(
      'foreprint_instances_present',
      'Instances in service when it was decided.',
      each((a) => a.present),
    ),
    gauge(
      'foreprint_decision_valid_until_seconds',
      'Unix time until which the decision is valid.',
      each((a) => a.decision.validUntilSeconds),
    ),
    gauge(
      'foreprint_incidents_open',
      'Open incidents.',
      each((a) => a.incidents.filter(({ endSeconds }) => endSeconds === null).length),
    ),
    gauge(
      'foreprint_forecast',
      'Largest forecast of the next hour: cores, bytes, bytes/s by resource.',
      forecastSamples(applications),
    ),
    gauge(
      'foreprint_applications',
      'Applications that are looked after.',
      one(applications.length),
    ),
    counter('foreprint_intervals_total', 'Intervals since the start.', one(health.intervals)),
    counter(
      'foreprint_failed_intervals_total',
      'Intervals in which something failed.',
      one(health.failedIntervals),
    ),
    gauge(
      'foreprint_last_interval_timestamp_seconds',
      'Unix time of the end of the last interval; 0 before the first.',
      one(health.intervalAtSeconds ?? 0),
    ),
    gauge('process_resident_memory_bytes', 'Memory of the process.', one(process.residentBytes)),
    gauge('process_start_time_seconds', 'Unix time of the start.', one(process.startedAtSeconds)),
  ];
}

function forecastSamples(applications: LiveFleet['applications']): Metric['samples'] {
  return applications.flatMap(({ applicationId: application, forecast }) =>
    Object.entries(forecast).flatMap(([resource, found]) => {
      const steps = Math.max(1, Math.round(AHEAD_SECONDS / found.stepSeconds));
      return LEVELS.map((level) => {
        const nearest = nearestLevel(found.levels, level);
        const ahead = levelValues(found, nearest).subarray(0, steps);
        const told = String(found.levels[nearest] ?? level);
        return [
          { application, resource, level: told },
          ahead.reduce((a, b) => Math.max(a, b), 0),
        ] as const;
      });
    }),
  );
}

function nearestLevel(levels: readonly number[], wanted: number): number {
  const distances = levels.map((level) => Math.abs(level - wanted));
  return distances.indexOf(Math.min(...distances));
}

const gauge = (name: string, help: string, samples: Metric['samples']): Metric => ({
  name,
  type: 'gauge',
  help,
  samples,
});

const counter = (name: string, help: string, samples: Metric['samples']): Metric => ({
  ...gauge(name, help, samples),
  type: 'counter',
});

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    return `${name}="${escaped}"`;
  });
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
