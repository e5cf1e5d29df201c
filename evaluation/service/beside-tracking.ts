import { verdictOf, type Served } from './verdict.ts';

/** Totals of a policy, over a fleet or of one application. */
interface ComparedPolicy extends Served {
  readonly name: string;
  readonly unservedHours: number;
  readonly scalingActions: number;
}

/** The parts of a replay that policies are compared by. */
interface ComparedFleet {
  readonly policies: readonly ComparedPolicy[];
  readonly applications: readonly { readonly policies: readonly ComparedPolicy[] }[];
  readonly trace: { readonly service: { readonly threshold: number } };
}

/** A policy over a whole fleet beside another one. */
export interface BesideTracking {
  readonly policy: string;
  /** Multiples of the other policy's; null where that has none. */
  readonly hours: number | null;
  readonly unserved: number | null;
  readonly short: number | null;
  readonly actions: number | null;
  /**
   * Share of the way from the other policy's instance-hours to the oracle's; null where the oracle
   * needs no fewer or was not replayed.
   */
  readonly wayToOracle: number | null;
  /** Numbers of applications, see `verdictOf`. */
  readonly better: number;
  readonly worse: number;
}

const ORACLE = 'oracle';

/**
 * Every policy of a replay beside one of them, in the order of the result.
 * @throws RangeError if the policy was not replayed.
 */
export function besideTracking(
  { policies, applications, trace }: ComparedFleet,
  tracking: string,
): BesideTracking[] {
  const named = (name: string) => policies.find((policy) => policy.name === name);
  const beside = named(tracking);
  if (beside === undefined) throw new RangeError(`"${tracking}" was not replayed`);
  const saved = beside.instanceHours - (named(ORACLE)?.instanceHours ?? Infinity);
  return policies.map((policy) => {
    const verdicts = applications.flatMap((application) => {
      const own = application.policies.find(({ name }) => name === policy.name);
      const present = application.policies.find(({ name }) => name === tracking);
      return own && present ? verdictOf(own, present, trace.service.threshold) : [];
    });
    const count = (service: string) =>
      verdicts.filter((verdict) => verdict.service === service).length;
    return {
      policy: policy.name,
      hours: multiple(policy.instanceHours, beside.instanceHours),
      unserved: multiple(policy.unservedHours, beside.unservedHours),
      short: multiple(policy.shortSteps, beside.shortSteps),
      actions: multiple(policy.scalingActions, beside.scalingActions),
      wayToOracle: saved > 0 ? (beside.instanceHours - policy.instanceHours) / saved : null,
      better: count('better'),
      worse: count('worse'),
    };
  });
}

function multiple(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
