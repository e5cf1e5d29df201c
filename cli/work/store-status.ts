import type { OpenStore } from '#cli/store/with-store.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { ApplicationHistory, ProfileStore } from '#core/domain/ports.ts';
import type { ModelReference } from '#core/domain/profiles.ts';

export interface ApplicationStatus {
  readonly history: ApplicationHistory;
  /** Of the first resource that has one; null without a model. */
  readonly model: ModelReference | null;
  /** The two newest decisions: what counts as in service, and what is wanted. */
  readonly before: AllocationDecision | null;
  readonly latest: AllocationDecision | null;
  readonly openIncidents: readonly Incident[];
  readonly risk: Risk;
}

/** What most needs a look, the first that holds. */
export type Risk =
  | 'incident open'
  | 'no recent data'
  | 'not trained'
  | 'never allocated'
  | 'at its maximum'
  | 'none';

/** Data that is older is old, in seconds; imported histories end when they end. */
const OLD_SECONDS = 86_400;

/** How all applications of a store are doing. */
export async function storeStatus(
  { history, profiles, incidents }: Pick<OpenStore, 'history' | 'profiles' | 'incidents'>,
  nowSeconds: number,
): Promise<readonly ApplicationStatus[]> {
  const all: ApplicationStatus[] = [];
  for (const stored of await history.applications()) {
    const { applicationId } = stored;
    const [latest = null, before = null] = await profiles.allocationLog(applicationId, 2);
    const found = await incidents.incidents(applicationId);
    const openIncidents = found.filter(({ endSeconds }) => endSeconds === null);
    const model = await modelOf(profiles, applicationId);
    const known = { history: stored, model, before, latest, openIncidents };
    all.push({ ...known, risk: riskOf(known, nowSeconds) });
  }
  return all;
}

async function modelOf(
  profiles: ProfileStore,
  applicationId: string,
): Promise<ModelReference | null> {
  // `foreprint store check` names profiles that cannot be read.
  const profile = await profiles.application(applicationId).catch(() => null);
  const models = RESOURCES.flatMap((resource) => profile?.predictiveModel[resource] ?? []);
  return models[0] ?? null;
}

function riskOf(
  { history, model, latest, openIncidents }: Omit<ApplicationStatus, 'risk'>,
  nowSeconds: number,
): Risk {
  if (openIncidents.length > 0) return 'incident open';
  if (model === null) return 'not trained';
  if (latest === null) return 'never allocated';
  if (latest.instances === latest.reason.limits.maxInstances) return 'at its maximum';
  const age = nowSeconds - history.lastSeconds;
  return age > OLD_SECONDS ? 'no recent data' : 'none';
}
