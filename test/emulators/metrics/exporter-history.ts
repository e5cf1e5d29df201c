import { openMetrics, type ClusterHistory, type Family } from '#test/emulators/cluster-history.ts';

const GIB = 2 ** 30;

/** A total since `sinceSeconds`, the start of what counts, or a gauge. */
interface Series {
  readonly labels: string;
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
  readonly value: (seconds: number) => number;
}

/**
 * Two nodes as node_exporter tells of them, one of which was booted again at `bootSeconds`: several
 * processors and modes, disks beneath volumes, networks beneath bridges. Node a uses 0.8 cores, at
 * most 4 GiB, 1,500 bytes/s of disk and 4,000 of network, node b half a core, 1 GiB, 300 and 30.
 */
export function nodeHistory(history: ClusterHistory, bootSeconds: number): string {
  const nodes = [
    { instance: 'a:9100', disk: 'sda', network: 'eth0', bootSeconds },
    { instance: 'b:9100', disk: 'nvme0n1', network: 'ens5', bootSeconds: 0 },
  ] as const;
  type Node = (typeof nodes)[number];
  const isA = ({ instance }: Node) => instance === 'a:9100';
  const each = (of: (node: Node) => readonly Series[]) => nodes.flatMap(of);
  const total = (node: Node, labels: string, perSecond: number): Series => ({
    labels: `instance="${node.instance}",job="node"${labels}`,
    value: (t) => perSecond * (t - (t >= node.bootSeconds ? node.bootSeconds : 0)),
  });
  const gauge = (node: Node, value: (seconds: number) => number): Series => ({
    labels: `instance="${node.instance}",job="node"`,
    value,
  });
  const modes = (node: Node) => {
    const user = isA(node) ? 0.3 : 0.4;
    return { user, system: 0.1, iowait: 0.05, steal: 0.02, idle: 0.83 - user, nice: 0 };
  };
  const cpus = (node: Node) => (isA(node) ? ['0', '1'] : ['0']);
  const devices = (node: Node, names: readonly string[], perSecond: number) =>
    names.map((name) => total(node, `,device="${name}"`, perSecond));
  const disks = (node: Node) => [node.disk, 'dm-0', 'md127', 'loop3'];
  const networks = (node: Node) => [node.network, 'lo', 'veth1a2b', 'docker0', 'br-0f', 'eth0.7'];
  return openMetrics(history, [
    family(
      'node_cpu_seconds',
      'counter',
      each((node) =>
        cpus(node).flatMap((cpu) =>
          Object.entries(modes(node)).map(([mode, share]) =>
            total(node, `,cpu="${cpu}",mode="${mode}"`, share),
          ),
        ),
      ),
    ),
    family(
      'node_memory_MemTotal_bytes',
      'gauge',
      each((node) => [gauge(node, () => 8 * GIB)]),
    ),
    // Between two ends of steps there is least.
    family(
      'node_memory_MemAvailable_bytes',
      'gauge',
      each((node) => [gauge(node, (t) => (isA(node) ? (t % 300 === 0 ? 6 : 4) : 7) * GIB)]),
    ),
    family(
      'node_disk_read_bytes',
      'counter',
      each((node) => devices(node, disks(node), isA(node) ? 1000 : 200)),
    ),
    family(
      'node_disk_written_bytes',
      'counter',
      each((node) => devices(node, disks(node), isA(node) ? 500 : 100)),
    ),
    family(
      'node_network_receive_bytes',
      'counter',
      each((node) => devices(node, networks(node), isA(node) ? 3000 : 20)),
    ),
    family(
      'node_network_transmit_bytes',
      'counter',
      each((node) => devices(node, networks(node), isA(node) ? 1000 : 10)),
    ),
  ]);
}

/**
 * Two containers as cAdvisor tells of them, beside slices without a name. `web` was made anew at
 * `againSeconds`: another series of the same name. It uses half a core on two processors, 100 MiB,
 * 600 bytes/s of disk and 50 of network; `db` a quarter of all that.
 */
export function containerHistory(history: ClusterHistory, againSeconds: number): string {
  const containers = [
    { name: 'web', id: '/docker/1a', share: 1, toSeconds: againSeconds - history.scrapeSeconds },
    { name: 'web', id: '/docker/2b', share: 1, fromSeconds: againSeconds },
    { name: 'db', id: '/docker/3c', share: 0.25 },
    { name: '', id: '/system.slice', share: 40 },
  ];
  const series = (more: string, value: (secondsInUse: number) => number): readonly Series[] =>
    containers.map(({ name, id, share, ...lived }) => ({
      ...lived,
      labels: `id="${id}",name="${name}",image="${name}:1"${more}`,
      value: (t) => share * value(t - (lived.fromSeconds ?? history.fromSeconds)),
    }));
  return openMetrics(history, [
    family('container_cpu_usage_seconds', 'counter', [
      ...series(',cpu="cpu00"', (used) => 0.2 * used),
      ...series(',cpu="cpu01"', (used) => 0.3 * used),
    ]),
    family(
      'container_memory_working_set_bytes',
      'gauge',
      series('', () => 100 * 2 ** 20),
    ),
    family(
      'container_fs_reads_bytes',
      'counter',
      series(',device="/dev/sda"', (used) => 400 * used),
    ),
    family(
      'container_fs_writes_bytes',
      'counter',
      series(',device="/dev/sda"', (used) => 200 * used),
    ),
    family('container_network_receive_bytes', 'counter', [
      ...series(',interface="eth0"', (used) => 20 * used),
      ...series(',interface="eth1"', (used) => 10 * used),
    ]),
    family('container_network_transmit_bytes', 'counter', [
      ...series(',interface="eth0"', (used) => 12 * used),
      ...series(',interface="eth1"', (used) => 8 * used),
    ]),
  ]);
}

function family(name: string, type: 'counter' | 'gauge', series: readonly Series[]): Family {
  const sample = type === 'counter' ? `${name}_total` : name;
  return {
    head: `# TYPE ${name} ${type}`,
    sample: (seconds) =>
      series
        .filter(
          ({ fromSeconds = 0, toSeconds = Infinity }) =>
            seconds >= fromSeconds && seconds <= toSeconds,
        )
        .map(({ labels, value }) => `${sample}{${labels}} ${value(seconds)} ${seconds}`),
  };
}
