import { STACKED_DISKS, STACKED_NETWORKS } from '#adapters/devices/stacked-devices.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { ownersOfPods, type OwnerSource } from './pod-owners.ts';

export const PRESETS = ['kubernetes', 'node-exporter', 'cadvisor'] as const;
export type PresetName = (typeof PRESETS)[number];

export interface PresetOptions {
  /** Labels that make an application's name. */
  readonly by: readonly string[];
  /** Namespaces to read; all where there is none. Only of pods. */
  readonly namespaces: readonly string[];
  readonly owners: OwnerSource;
}

/** The labels that make an application's name where the user names none. */
export const PRESET_LABELS: Readonly<Record<PresetName, readonly string[]>> = {
  kubernetes: ['namespace', 'workload'],
  'node-exporter': ['instance'],
  cadvisor: ['name'],
};

/** A metric of each preset by which it is recognised, the most telling first. */
export const PRESET_SIGNS: Readonly<Record<PresetName, string>> = {
  kubernetes: 'container_cpu_usage_seconds_total{pod!="",container!=""}',
  'node-exporter': 'node_cpu_seconds_total',
  cadvisor: 'container_cpu_usage_seconds_total{name!=""}',
};

export type ResourceQueries = Readonly<Partial<Record<Resource, string>>>;

/**
 * A query for every resource, with `$__rate_interval` where the length of the window belongs.
 * Memory is the largest value of the window, as peaks of memory must not vanish in a mean.
 */
export function presetQueries(preset: PresetName, options: PresetOptions): ResourceQueries {
  const by = options.by.join(', ');
  switch (preset) {
    case 'kubernetes':
      return kubernetes(options);
    case 'node-exporter':
      return nodeExporter(by);
    case 'cadvisor':
      return cadvisor(by);
  }
}

function nodeExporter(by: string): ResourceQueries {
  const rate = (metric: string, selector: string) =>
    `rate(${metric}{${selector}}[$__rate_interval])`;
  const disks = `device!~"${STACKED_DISKS}"`;
  const networks = `device!~"${STACKED_NETWORKS}"`;
  return {
    // What the hypervisor gave to others is not in use here.
    cpu: `sum by (${by}) (${rate('node_cpu_seconds_total', 'mode!~"idle|iowait|steal"')})`,
    memory: `sum by (${by}) (node_memory_MemTotal_bytes - min_over_time(node_memory_MemAvailable_bytes[$__rate_interval]))`,
    disk: `sum by (${by}) (${rate('node_disk_read_bytes_total', disks)} + ${rate('node_disk_written_bytes_total', disks)})`,
    network: `sum by (${by}) (${rate('node_network_receive_bytes_total', networks)} + ${rate('node_network_transmit_bytes_total', networks)})`,
  };
}

function cadvisor(by: string): ResourceQueries {
  const rate = (metric: string) => `rate(${metric}{name!=""}[$__rate_interval])`;
  const names = by.split(', ').includes('name') ? by : `${by}, name`;
  // A container that is started again is another series: one of them has the memory at a time.
  const memory = `max by (${names}) (max_over_time(container_memory_working_set_bytes{name!=""}[$__rate_interval]))`;
  return {
    cpu: `sum by (${by}) (${rate('container_cpu_usage_seconds_total')})`,
    memory: `sum by (${by}) (${memory})`,
    disk: `sum by (${by}) (${rate('container_fs_reads_bytes_total')} + ${rate('container_fs_writes_bytes_total')})`,
    network: `sum by (${by}) (${rate('container_network_receive_bytes_total')} + ${rate('container_network_transmit_bytes_total')})`,
  };
}

function kubernetes(options: PresetOptions): ResourceQueries {
  const pods = podSelector(options.namespaces);
  const containers = `container!="",image!=""${pods === '' ? '' : `,${pods}`}`;
  const sandboxes = `pod!=""${pods === '' ? '' : `,${pods}`}`;
  const rate = (metric: string, selector: string) =>
    `rate(${metric}{${selector}}[$__rate_interval])`;
  return {
    cpu: ofWorkloads(rate('container_cpu_usage_seconds_total', containers), options),
    // A container that is started again is another series: one of them has the memory at a time.
    memory: ofWorkloads(
      `max by (namespace, pod, container) (max_over_time(container_memory_working_set_bytes{${containers}}[$__rate_interval]))`,
      options,
    ),
    disk: ofWorkloads(
      `${rate('container_fs_reads_bytes_total', containers)} + ${rate('container_fs_writes_bytes_total', containers)}`,
      options,
    ),
    // The network is the pod's, not that of one of its containers.
    network: ofWorkloads(
      `${rate('container_network_receive_bytes_total', sandboxes)} + ${rate('container_network_transmit_bytes_total', sandboxes)}`,
      options,
    ),
  };
}

/** What the pods ask for: cores and bytes of every application. */
export function requestQueries(options: PresetOptions): ResourceQueries {
  const pods = podSelector(options.namespaces);
  const requests = (resource: string) =>
    `kube_pod_container_resource_requests{resource="${resource}"${pods === '' ? '' : `,${pods}`}}`;
  return {
    cpu: ofWorkloads(requests('cpu'), options),
    memory: ofWorkloads(requests('memory'), options),
  };
}

/** Sums what is known of containers over pods, and these over the workloads that own them. */
function ofWorkloads(perContainer: string, { by, owners }: PresetOptions): string {
  const perPod = `sum by (namespace, pod) (${perContainer})`;
  return `sum by (${by.join(', ')}) (${ownersOfPods(owners)(perPod)})`;
}

/** Empty where all namespaces are wanted. */
function podSelector(namespaces: readonly string[]): string {
  if (namespaces.length === 0) return '';
  const names = namespaces.map((name) => name.replaceAll(/[^\w-]/g, '')).join('|');
  return `namespace=~"${names}"`;
}
