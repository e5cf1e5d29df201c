import * as z from 'zod';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import type { Footprint } from '#core/domain/footprint.ts';

const CPU_UNITS = 1024;
const MIB = 2 ** 20;

const size = z.union([z.number(), z.string().transform(Number)]).nullish();

const answerSchema = z.object({
  taskDefinition: z.object({
    cpu: size,
    memory: size,
    containerDefinitions: z.array(z.object({ cpu: size, memory: size, memoryReservation: size })),
  }),
});

/** Whether a type of instances is a task definition. */
export function isTaskDefinition(type: string): boolean {
  return type.includes(':task-definition/');
}

/**
 * What one task has by its definition: cores and bytes of the task, or else of its containers added
 * up. A container's soft limit of memory goes before its hard limit, as in ECS's utilization. What
 * the definition does not say limits nothing. ECS measures neither disk nor network of a service.
 * @param taskDefinition ARN with a revision, whose definition never changes.
 * @throws whatever `call` throws.
 */
export async function taskCapacity(call: JsonCall, taskDefinition: string): Promise<Footprint> {
  const { cpu, memory, containerDefinitions } = answerSchema.parse(
    await call('ecs', 'DescribeTaskDefinition', { taskDefinition }),
  ).taskDefinition;
  const units = cpu ?? sum(containerDefinitions.map((container) => container.cpu));
  const mib = memory ?? sum(containerDefinitions.map((one) => one.memoryReservation ?? one.memory));
  return {
    cpu: units > 0 ? units / CPU_UNITS : null,
    memory: mib > 0 ? mib * MIB : null,
    disk: null,
    network: null,
  };
}

function sum(values: readonly (number | null | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
