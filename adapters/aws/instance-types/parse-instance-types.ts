import { perResource, type Footprint } from '#core/domain/footprint.ts';

const MIB = 2 ** 20;
const GIGABIT_BYTES = 1e9 / 8;

/**
 * What instances of the types in an answer of EC2's DescribeInstanceTypes (XML) give for any length of time: vCPUs,
 * memory, and the baseline bandwidth of EBS and of all network cards where EC2 states one. Null resources do not limit
 * anything.
 */
export function parseInstanceTypes(xml: string): ReadonlyMap<string, Footprint> {
  // Every type's item begins with its name, whatever order the rest has.
  const items = xml.split('<instanceType>').slice(1);
  return new Map(
    items.map((item) => [item.slice(0, item.indexOf('<')), capacityOf(item)] as const),
  );
}

function capacityOf(item: string): Footprint {
  const disk = numbers(between(item, 'ebsOptimizedInfo'), 'baselineThroughputInMBps');
  const network = numbers(between(item, 'networkCards'), 'baselineBandwidthInGbps');
  return {
    cpu: numbers(item, 'defaultVCpus')[0] ?? null,
    memory: scaled(numbers(between(item, 'memoryInfo'), 'sizeInMiB')[0], MIB),
    disk: scaled(disk[0], 1e6),
    network: scaled(
      network.length > 0 ? network.reduce((a, b) => a + b) : undefined,
      GIGABIT_BYTES,
    ),
  };
}

const scaled = (value: number | undefined, unit: number): number | null =>
  value === undefined ? null : value * unit;

function between(xml: string, tag: string): string {
  return new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(xml)?.[1] ?? '';
}

function numbers(xml: string, tag: string): readonly number[] {
  return [...xml.matchAll(new RegExp(`<${tag}>([\\d.]+)</${tag}>`, 'g'))].map(([, text]) =>
    Number(text),
  );
}

/** The least of several types per resource: a group that mixes types must not count on the larger one. */
export function smallestCapacity(capacities: readonly Footprint[]): Footprint {
  return perResource((resource) => {
    const known = capacities.flatMap((capacity) => capacity[resource] ?? []);
    return known.length === 0 ? null : Math.min(...known);
  });
}
