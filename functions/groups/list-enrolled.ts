import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  NO_CLAIM,
  type FloorStore,
  type MinimumClaim,
} from '#adapters/aws/auto-scaling/floor-record.ts';
import { readClaims } from '#adapters/aws/auto-scaling/read-claim.ts';
import { listScalableServices } from '#adapters/aws/ecs/describe-services.ts';
import { readServiceClaims } from '#adapters/aws/ecs/service-claims.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import type { FunctionConfiguration } from '#cdk/configuration/function-environment.ts';
import { enrolledService, type EnrolledGroup } from './enrolled-group.ts';
import { listEnrolledGroups } from './list-enrolled-groups.ts';

/** Auto Scaling, and the call of ECS and of Application Auto Scaling. */
export interface ScalingClients {
  readonly client: AutoScalingClient;
  readonly call: JsonCall;
}

export interface ListOptions {
  /** Where owners' minimums are remembered; without it every minimum counts as its owner's. */
  readonly minimums?: { readonly floors: FloorStore; readonly nowSeconds: () => number };
  /**
   * Hears that services cannot be listed, while groups are; without it the list fails then.
   */
  readonly report?: (what: string, error: unknown) => void;
}

type Enrolment = Pick<FunctionConfiguration, 'mode' | 'groups'>;

/**
 * Every group and every service of this account and region that is enrolled and that the
 * configuration lets in.
 * @throws whatever the SDK throws.
 */
export async function listEnrolled(
  clients: ScalingClients,
  configuration: Enrolment,
  { minimums, report }: ListOptions = {},
): Promise<readonly EnrolledGroup[]> {
  const source = minimums && { ...clients, ...minimums };
  const [groups, services] = await Promise.all([
    listGroups(),
    listServices().catch((error: unknown) => {
      if (!report) throw error;
      report('services of ECS', error);
      return [];
    }),
  ]);
  return [...groups, ...services];

  async function listGroups() {
    if (!source) return listEnrolledGroups(clients.client, configuration);
    const [nowSeconds, claims] = [source.nowSeconds(), await readClaims(source)];
    return listEnrolledGroups(clients.client, configuration, { claims, nowSeconds });
  }

  async function listServices(): Promise<readonly EnrolledGroup[]> {
    const services = await listScalableServices(clients.call);
    const { mode, groups: only } = configuration;
    const isIn = (id: string) => only.length === 0 || only.includes(id);
    const enrolled = services.filter(({ id }) => isIn(id));
    // Without an enrolled service nobody is asked for its owner's schedules.
    const isNeeded = source && enrolled.some((service) => enrolledService(service, mode));
    const claims: ReadonlyMap<string, MinimumClaim> = isNeeded
      ? await readServiceClaims(source)
      : new Map();
    return enrolled.flatMap((service) => {
      const claim = claims.get(service.id) ?? NO_CLAIM;
      const known = source && { claim, nowSeconds: source.nowSeconds() };
      return enrolledService(service, mode, known) ?? [];
    });
  }
}
