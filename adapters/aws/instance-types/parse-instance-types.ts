import { parseXML } from '@aws-sdk/xml-builder';
import * as z from 'zod';
import type { Footprint } from '#core/domain/footprint.ts';

const MIB = 2 ** 20;
const GIGABIT_BYTES = 1e9 / 8;

/** The parser returns a list of one item as that item, and every value as text. */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .looseObject({ item: z.union([item, z.array(item)]).optional() })
    // An empty element is an empty text.
    .or(z.literal(''))
    .optional()
    .transform((list) => (typeof list === 'object' ? [list.item ?? []].flat() : []));

const number = z.coerce.number().optional();

const answerSchema = z.looseObject({
  DescribeInstanceTypesResponse: z.looseObject({
    instanceTypeSet: listOf(
      z.looseObject({
        instanceType: z.string(),
        vCpuInfo: z.looseObject({ defaultVCpus: number }).optional(),
        memoryInfo: z.looseObject({ sizeInMiB: number }).optional(),
        ebsInfo: z
          .looseObject({
            ebsOptimizedInfo: z.looseObject({ baselineThroughputInMBps: number }).optional(),
          })
          .optional(),
        networkInfo: z
          .looseObject({
            networkCards: listOf(z.looseObject({ baselineBandwidthInGbps: number })),
          })
          .optional(),
      }),
    ),
  }),
});

type InstanceType = z.output<
  typeof answerSchema
>['DescribeInstanceTypesResponse']['instanceTypeSet'][number] & { readonly instanceType: string };

/**
 * Parses the sustained capacity of instance types from an answer of EC2 DescribeInstanceTypes
 * (XML): vCPUs, memory, and the baseline bandwidth of EBS and of all network cards if EC2 states
 * one. A null resource is not limited.
 * @throws Error if the text is no such answer.
 */
export function parseInstanceTypes(xml: string): ReadonlyMap<string, Footprint> {
  const { DescribeInstanceTypesResponse: answer } = answerSchema.parse(parseXML(xml));
  return new Map(
    answer.instanceTypeSet.map((type) => [type.instanceType, capacityOf(type)] as const),
  );
}

function capacityOf({ vCpuInfo, memoryInfo, ebsInfo, networkInfo }: InstanceType): Footprint {
  const network = (networkInfo?.networkCards ?? []).flatMap(
    ({ baselineBandwidthInGbps }) => baselineBandwidthInGbps ?? [],
  );
  return {
    cpu: vCpuInfo?.defaultVCpus ?? null,
    memory: scaled(memoryInfo?.sizeInMiB, MIB),
    disk: scaled(ebsInfo?.ebsOptimizedInfo?.baselineThroughputInMBps, 1e6),
    network: scaled(
      network.length > 0 ? network.reduce((a, b) => a + b) : undefined,
      GIGABIT_BYTES,
    ),
  };
}

const scaled = (value: number | undefined, unit: number): number | null =>
  value === undefined ? null : value * unit;
