import { describeServices, type DescribedService } from '#adapters/aws/ecs/describe-services.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import { quotedNames } from '#cli/aws/account/find-groups.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { shellWord } from '#core/text/shell-word.ts';

/** Names of Auto Scaling groups and identifiers of ECS services, apart. */
export function splitNames(names: readonly string[]): {
  readonly groups: readonly string[];
  readonly services: readonly string[];
} {
  return {
    groups: names.filter((name) => !isServiceId(name)),
    services: names.filter(isServiceId),
  };
}

/** Why a service cannot be scaled, as a sentence; null if it can. */
export function serviceFault({ id, limits, isReplica }: DescribedService): string | null {
  if (!isReplica) return `service "${id}" runs one task on each host, whose number nobody sets`;
  if (limits === null) return `service "${id}" has no scalable target; ${registerCommand(id)}`;
  return null;
}

function registerCommand(id: string): string {
  return `aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id ${shellWord(id)} --min-capacity MIN --max-capacity MAX`;
}

/** Which of the named services do not exist, as a sentence; null if all exist. */
export function missingServices(
  ids: readonly string[],
  services: ReadonlyMap<string, unknown>,
): string | null {
  const missing = ids.filter((id) => !services.has(id));
  return missing.length === 0 ? null : `no ECS service ${quotedNames(missing)} in this region`;
}

/**
 * Services by identifier, in the order of the identifiers.
 * @throws UsageError that lists every service that is missing or cannot be scaled.
 */
export async function findServices(
  call: JsonCall,
  ids: readonly string[],
): Promise<readonly DescribedService[]> {
  const services = await describeServices(call, ids);
  const faults = [
    missingServices(ids, services) ?? [],
    ...[...services.values()].map((service) => serviceFault(service) ?? []),
  ].flat();
  if (faults.length > 0) throw new UsageError(faults.join('; '));
  return ids.flatMap((id) => services.get(id) ?? []);
}
