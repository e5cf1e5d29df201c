import { afterAll, beforeAll } from 'vitest';
import { serveMoto, type ServedMoto } from '#test/emulators/serve-moto.ts';

export { hasMoto } from '#test/emulators/serve-moto.ts';

/**
 * Runs moto while the tests of this file do.
 * @param variables moto's own.
 */
export function openMoto(
  variables: Readonly<Record<string, string>> = {},
): () => Pick<ServedMoto, 'endpoint' | 'completed'> {
  let moto: ServedMoto;
  beforeAll(async () => {
    moto = await serveMoto(variables);
  });
  afterAll(() => moto.close());
  return () => moto;
}
