import type { DefinedPart, ModelDefinition } from './model-definition.ts';

interface Defined {
  readonly definition?: ModelDefinition | undefined;
}

/**
 * Definition of the mean of several models; undefined if one of them has none or is itself made of
 * several.
 */
export function averageDefinitions(models: readonly Defined[]): ModelDefinition | undefined {
  const parts = models.map(({ definition }) => {
    const [part, ...more] = definition ?? [];
    return part?.members.length === 1 && more.length === 0 ? part : null;
  });
  const whole = parts.filter((part): part is DefinedPart => part !== null);
  const [first] = whole;
  if (first === undefined || whole.length < models.length) return undefined;
  return [{ ...first, members: whole.flatMap(({ members }) => members) }];
}

/** Definition of models that serve stretches of the horizon; undefined if one of them has none. */
export function joinDefinitions(
  parts: readonly {
    readonly band: { readonly first: number; readonly last: number };
    readonly model: Defined;
  }[],
): ModelDefinition | undefined {
  const joined: DefinedPart[] = [];
  for (const { band, model } of parts) {
    if (model.definition === undefined) return undefined;
    for (const part of model.definition) {
      const first = Math.max(band.first, part.first);
      const last = Math.min(band.last, part.last);
      if (first <= last) joined.push({ first, last, members: part.members });
    }
  }
  return joined;
}
