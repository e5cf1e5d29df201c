/** A history of a Kubernetes cluster as its metrics would be scraped, as OpenMetrics text. */
export interface ClusterHistory {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly scrapeSeconds: number;
}

const MIB = 2 ** 20;

/** Cores that a pod of the deployment uses on average from the scrape before up to `seconds`. */
export function podCores(seconds: number): number {
  return 0.5 + 0.4 * Math.sin((seconds / 86_400) * 2 * Math.PI);
}

/**
 * A deployment of three pods, a stateful set of one and a bare pod, each with requests; two nodes;
 * and a gauge that is now and then no number.
 */
export function clusterHistory(history: ClusterHistory): string {
  const checkout = [1, 2, 3].map((k) => `checkout-5d8f9c7b6d-abcd${k}`);
  const pods = [
    ...checkout.map((pod) => ({ pod, owner: ['ReplicaSet', 'checkout-5d8f9c7b6d'] as const })),
    { pod: 'db-0', owner: ['StatefulSet', 'db'] as const },
    { pod: 'debug', owner: ['<none>', '<none>'] as const },
  ];
  const of = (pod: string) => `namespace="shop",pod="${pod}"`;
  const container = (pod: string) => `${of(pod)},container="main",image="shop:1"`;
  const load = (pod: string) => (pod.startsWith('checkout') ? 1 : 0.25);
  return openMetrics(history, [
    ...counter(
      'container_cpu_usage_seconds',
      pods.map(({ pod }) => ({
        labels: container(pod),
        perSecond: (t) => load(pod) * podCores(t),
      })),
    ),
    ...counter(
      'container_network_receive_bytes',
      pods.map(({ pod }) => ({
        labels: `${of(pod)},interface="eth0"`,
        perSecond: () => 2000 * load(pod),
      })),
    ),
    ...counter(
      'container_network_transmit_bytes',
      pods.map(({ pod }) => ({
        labels: `${of(pod)},interface="eth0"`,
        perSecond: () => 1000 * load(pod),
      })),
    ),
    ...gauge(
      'container_memory_working_set_bytes',
      pods.map(({ pod }) => ({
        labels: container(pod),
        value: () => 256 * MIB * load(pod),
      })),
    ),
    ...gauge(
      'kube_pod_owner',
      pods.map(({ pod, owner: [kind, name] }) => ({
        labels: `${of(pod)},owner_kind="${kind}",owner_name="${name}"`,
        value: () => 1,
      })),
    ),
    ...gauge('kube_replicaset_owner', [
      {
        labels:
          'namespace="shop",replicaset="checkout-5d8f9c7b6d",owner_kind="Deployment",owner_name="checkout"',
        value: () => 1,
      },
    ]),
    ...gauge(
      'kube_pod_container_resource_requests',
      pods.flatMap(({ pod }) => [
        { labels: `${container(pod)},resource="cpu",unit="core"`, value: () => 2 },
        { labels: `${container(pod)},resource="memory",unit="byte"`, value: () => 1024 * MIB },
      ]),
    ),
    ...gauge('queue_cores', [
      {
        labels: 'team="a",queue="mail"',
        value: (t) => (t % 3600 === 0 ? NaN : t % 3600 === 300 ? Infinity : 3),
      },
      { labels: 'team="b",queue="mail"', value: () => 4 },
    ]),
  ]);
}

export interface Family {
  readonly head: string;
  readonly sample: (seconds: number, sinceSeconds: number) => readonly string[];
}

function counter(
  name: string,
  series: readonly { readonly labels: string; readonly perSecond: (seconds: number) => number }[],
): readonly Family[] {
  const totals = series.map(() => 0);
  return [
    {
      head: `# TYPE ${name} counter`,
      sample: (seconds, since) =>
        series.map(({ labels, perSecond }, k) => {
          totals[k]! += perSecond(seconds) * since;
          return `${name}_total{${labels}} ${totals[k]} ${seconds}`;
        }),
    },
  ];
}

function gauge(
  name: string,
  series: readonly { readonly labels: string; readonly value: (seconds: number) => number }[],
): readonly Family[] {
  const text = (value: number) =>
    Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : 'NaN';
  return [
    {
      head: `# TYPE ${name} gauge`,
      sample: (seconds) =>
        series.map(({ labels, value }) => `${name}{${labels}} ${text(value(seconds))} ${seconds}`),
    },
  ];
}

/** The text of families, each with its samples from the first to the last. */
export function openMetrics(
  { fromSeconds, toSeconds, scrapeSeconds }: ClusterHistory,
  families: readonly Family[],
): string {
  const lines: string[] = [];
  for (const { head, sample } of families) {
    lines.push(head);
    for (let t = fromSeconds; t <= toSeconds; t += scrapeSeconds) {
      lines.push(...sample(t, scrapeSeconds));
    }
  }
  return [...lines, '# EOF', ''].join('\n');
}
