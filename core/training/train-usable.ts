import { membersOf } from '#models/contract/composition.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import type { ExternalCandidate } from '#models/families/external/external-candidate.ts';
import type { TrainingResult } from '#models/selection/train-model.ts';

/** The candidates of one training. */
export interface Contenders {
  readonly families: readonly ModelFamily[];
  readonly external: readonly ExternalCandidate[];
}

/**
 * Trains, loads the file in ONNX Runtime and asks it for one forecast of the series. A candidate
 * whose file fails there keeps its row in the table, with the fault as the reason, and the training
 * is repeated without it. So every returned file has answered once.
 * @param faultOf why a file cannot be used, see `fileFault`.
 * @param train trains with the given candidates; pure.
 */
export async function trainUsable(
  contenders: Contenders,
  faultOf: (onnx: Uint8Array) => Promise<string | null>,
  train: (contenders: Contenders) => TrainingResult,
): Promise<TrainingResult> {
  let usable = contenders;
  for (;;) {
    const result = train(usable);
    if (result.kind !== 'trained') return result;
    const fault = await faultOf(result.onnx);
    if (fault === null) return result;
    const members = membersOf(result.composition);
    const alone = async (name: string): Promise<string | null> => {
      const single = train(only(usable, name));
      return single.kind === 'trained' ? faultOf(single.onnx) : null;
    };
    usable = without(usable, await faultsOf(members, fault, alone));
  }
}

/** Fault of each member that fails on its own; the fault of the whole for all if none does. */
async function faultsOf(
  members: readonly string[],
  fault: string,
  alone: (name: string) => Promise<string | null>,
): Promise<ReadonlyMap<string, string>> {
  const faults = new Map<string, string>();
  if (members.length > 1) {
    for (const name of members) {
      const own = await alone(name);
      if (own !== null) faults.set(name, own);
    }
  }
  return faults.size > 0 ? faults : new Map(members.map((name) => [name, fault]));
}

function only({ families, external }: Contenders, wanted: string): Contenders {
  const isWanted = ({ name }: { readonly name: string }): boolean => name === wanted;
  return { families: families.filter(isWanted), external: external.filter(isWanted) };
}

function without(
  { families, external }: Contenders,
  faults: ReadonlyMap<string, string>,
): Contenders {
  return {
    families: families.map((family) => {
      const reason = faults.get(family.name);
      return reason === undefined
        ? family
        : { ...family, fit: () => ({ kind: 'too-little-data', reason }) };
    }),
    external: external.map((candidate) => {
      const reason = faults.get(candidate.name);
      return reason === undefined ? candidate : { name: candidate.name, reason };
    }),
  };
}
