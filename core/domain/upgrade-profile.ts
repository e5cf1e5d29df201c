import type { Composition } from '#models/contract/composition.ts';
import type { Resource } from './footprint.ts';
import type { ModelReference } from './profiles.ts';

/** What profiles of applications and of clusters have in common. */
interface WithModels {
  readonly predictiveModel: Readonly<Partial<Record<Resource, ModelReference>>>;
}

/** Release 0.1 stored no composition. */
type StoredReference = Omit<ModelReference, 'composition'> & {
  readonly composition?: Composition;
};

/**
 * A profile as this release knows it, from one that release 0.1 may have stored. The name of a
 * model was then all that told its families; along the horizon they cannot be told any more.
 */
export function upgradeProfile<P extends WithModels>(profile: P): P {
  const references = Object.entries(profile.predictiveModel as Record<string, StoredReference>);
  if (references.every(([, { composition }]) => composition !== undefined)) return profile;
  const predictiveModel = Object.fromEntries(
    references.map(([resource, reference]) => [
      resource,
      { ...reference, composition: reference.composition ?? compositionOf(reference) },
    ]),
  );
  return { ...profile, predictiveModel };
}

function compositionOf({ model, shape }: StoredReference): Composition {
  return [{ first: 1, last: shape.horizon, members: [...new Set(model.split(/[&+]/))] }];
}
