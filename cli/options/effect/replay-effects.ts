import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import { DEFAULT_POLICY_NAMES } from '#tasks/plan-policies.ts';

/** Options of a replay whose values may have nothing to act on. */
export interface ReplayValues {
  readonly knobs?: ReadonlyMap<string, unknown> | undefined;
  readonly policies?: readonly string[] | undefined;
  readonly instance?: Readonly<Partial<Record<Resource, number>>> | undefined;
  readonly resources: readonly Resource[];
}

/** A sentence for every value of an option that a replay has no use for. */
export function replayEffects(given: ReplayValues): readonly string[] {
  const { knobs = new Map<string, unknown>(), policies = DEFAULT_POLICY_NAMES } = given;
  const { instance = {}, resources } = given;
  const still = [...knobs.keys()].filter((name) => name !== FOREPRINT && !policies.includes(name));
  const free = RESOURCES.filter(
    (name) => instance[name] !== undefined && !resources.includes(name),
  );
  return [
    ...still.map((name) => `--knobs ${name} has no effect: --policies does not run it`),
    ...free.map((name) => `--instance ${name} has no effect: --resources does not replay it`),
  ];
}
