import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeBlocks } from '#test/emulators/metrics/prometheus-server.ts';

const DAY = 86_400;
const MIB = 2 ** 20;
/** Two scrapes at least in the five minutes of a rate. */
const SCRAPE_SECONDS = 120;
/** Characters that are written at once. */
const CHUNK = 4_000_000;

export interface Cluster {
  /** Deployments with one pod each. */
  readonly applications: number;
  readonly days: number;
  /** End of the last day. */
  readonly toSeconds: number;
}

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  /** Labels after those of the pod. */
  readonly labels: string;
  /** A whole number that grows with the time for a counter. */
  readonly value: (application: number, seconds: number) => number;
}

/**
 * What an application uses goes up and down in a day, each at another hour, and half of it changes
 * every hour. Totals are sums over hours, so that any day can be written alone.
 */
const FAMILIES: readonly Family[] = [
  counter('container_cpu_usage_seconds', ',container="main",image="a"', 2),
  counter('container_fs_reads_bytes', ',container="main",image="a"', 50_000),
  counter('container_fs_writes_bytes', ',container="main",image="a"', 20_000),
  counter('container_network_receive_bytes', '', 300_000),
  counter('container_network_transmit_bytes', '', 100_000),
  {
    name: 'container_memory_working_set_bytes',
    type: 'gauge',
    labels: ',container="main",image="a"',
    value: (application, seconds) => Math.round((256 + 128 * load(application, seconds)) * MIB),
  },
  { name: 'kube_pod_owner', type: 'gauge', labels: '', value: () => 1 },
];

function counter(name: string, labels: string, scale: number): Family {
  return {
    name,
    type: 'counter',
    labels,
    // The integral of 1 + sin(2πt/DAY + phase) over time.
    value: (application, seconds) => {
      const angle = (2 * Math.PI * seconds) / DAY + application;
      return Math.round(
        scale * ((seconds % (400 * DAY)) - (DAY / (2 * Math.PI)) * Math.cos(angle)),
      );
    },
  };
}

function load(application: number, seconds: number): number {
  return 1 + Math.sin((2 * Math.PI * seconds) / DAY + application);
}

/**
 * Makes the blocks of a cluster in `folder`/data, a day at a time; days that are there are not made
 * again. Returns the number of samples.
 */
export function makeClusterBlocks(folder: string, cluster: Cluster): number {
  mkdirSync(folder, { recursive: true });
  let samples = 0;
  for (let day = 0; day < cluster.days; day++) {
    const from = cluster.toSeconds - (cluster.days - day) * DAY;
    const mark = join(folder, `day-${from}`);
    samples += ((cluster.applications * DAY) / SCRAPE_SECONDS) * FAMILIES.length;
    if (existsSync(mark)) continue;
    const file = join(folder, 'day.om');
    writeDay(file, from, cluster.applications);
    makeBlocks(file, join(folder, 'data'));
    rmSync(file);
    writeFileSync(mark, '');
  }
  return samples;
}

function writeDay(path: string, fromSeconds: number, applications: number): void {
  const file = openSync(path, 'w');
  let text = '';
  const flush = () => {
    writeSync(file, text);
    text = '';
  };
  for (const { name, type, labels, value } of FAMILIES) {
    text += `# TYPE ${name} ${type}\n`;
    const sample = type === 'counter' ? `${name}_total` : name;
    for (let application = 0; application < applications; application++) {
      const owner = name === 'kube_pod_owner' ? ownerLabels(application) : '';
      const series = `${sample}{${podLabels(application)}${labels}${owner}} `;
      for (let t = fromSeconds; t < fromSeconds + DAY; t += SCRAPE_SECONDS) {
        text += `${series}${value(application, t)} ${t}\n`;
      }
      if (text.length > CHUNK) flush();
    }
  }
  text += '# EOF\n';
  flush();
  closeSync(file);
}

const podLabels = (application: number) =>
  `namespace="team-${application % 20}",pod="service-${application}-0"`;

const ownerLabels = (application: number) =>
  `,owner_kind="StatefulSet",owner_name="service-${application}"`;
