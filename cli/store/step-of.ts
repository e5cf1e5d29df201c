import type { ApplicationHistory, ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';

/** The step that an application is worked on, and what the user is told of it. */
export interface ChosenStep {
  readonly stepSeconds: number;
  readonly remark: string | null;
}

/**
 * The step of an application where the settings file names none: its models', else the settings',
 * else that of its history where that is longer.
 */
export function stepOf(
  {
    history,
    profile,
  }: { readonly history: ApplicationHistory | null; readonly profile: ApplicationProfile | null },
  { stepSeconds: usual }: Pick<Settings, 'stepSeconds'>,
): ChosenStep {
  const [model] = Object.values(profile?.predictiveModel ?? {});
  const stored = history?.stepSeconds ?? usual;
  const stepSeconds = model?.shape.stepSeconds ?? Math.max(stored, usual);
  if (stored > usual && stepSeconds === stored) {
    const remark = `stored on a step of ${stored} s, which is taken; settings say ${usual} s`;
    return { stepSeconds, remark };
  }
  if (stored < stepSeconds) {
    const remark = `points of ${stored} s are averaged to ${stepSeconds} s (setting stepSeconds); peaks within a step vanish`;
    return { stepSeconds, remark };
  }
  if (stepSeconds === usual) return { stepSeconds, remark: null };
  return { stepSeconds, remark: `models are on a step of ${stepSeconds} s, which is taken` };
}

/** Histories by the step that they are worked on, those of most applications first. */
export async function byStep(
  histories: readonly ApplicationHistory[],
  profiles: Pick<ProfileStore, 'application'>,
  settings: Settings,
): Promise<readonly (ChosenStep & { readonly histories: readonly ApplicationHistory[] })[]> {
  const groups = new Map<number, { remark: string | null; histories: ApplicationHistory[] }>();
  for (const history of histories) {
    const profile = await profiles.application(history.applicationId).catch(() => null);
    const { stepSeconds, remark } = stepOf({ history, profile }, settings);
    const group = groups.get(stepSeconds) ?? { remark: null, histories: [] };
    group.remark ??= remark;
    group.histories.push(history);
    groups.set(stepSeconds, group);
  }
  return [...groups]
    .map(([stepSeconds, group]) => ({ stepSeconds, ...group }))
    .sort((a, b) => b.histories.length - a.histories.length);
}
