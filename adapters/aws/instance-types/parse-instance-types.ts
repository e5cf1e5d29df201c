import { perResource, type Footprint } from '#core/domain/footprint.ts';

const MIB = 2 ** 20;
const GIGABIT_BYTES = 1e9 / 8;

/**
 * Parses the sustained capacity of instance types from an answer of EC2 DescribeInstanceTypes
 * (XML): vCPUs, memory, and the baseline bandwidth of EBS and of all network cards if EC2 states
 * one. A null resource is not limited.
 */
export function parseInstanceTypes(xml: string): ReadonlyMap<string, Footprint> {
  // Every item begins with the type's name; the other elements may have any order.
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

/**
 * The smallest capacity of several types per resource: a group that mixes types must not rely on
 * the larger one.
 */
export function smallestCapacity(capacities: readonly Footprint[]): Footprint {
  return perResource((resource) => {
    const limits = capacities.flatMap((capacity) => capacity[resource] ?? []);
    return limits.length === 0 ? null : Math.min(...limits);
  });
}
