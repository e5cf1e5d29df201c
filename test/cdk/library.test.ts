import { expect, expectTypeOf, it } from 'vitest';
import {
  configurationKeys,
  type ConfigurationInput,
} from '#cdk/configuration/configuration-schema.ts';
import type { ForeprintMode, ForeprintProps } from '#cdk/library/props.ts';

type Part<K extends keyof ForeprintProps> = keyof NonNullable<ForeprintProps[K]>;
type Given<K extends keyof ConfigurationInput> = keyof NonNullable<ConfigurationInput[K]>;

it('the properties of the package are all that a deployment can be told', () => {
  expectTypeOf<ForeprintProps>().toExtend<ConfigurationInput>();
  expectTypeOf<keyof ForeprintProps>().toEqualTypeOf<keyof ConfigurationInput>();
  expectTypeOf<Part<'detection'>>().toEqualTypeOf<Given<'detection'>>();
  expectTypeOf<Part<'schedules'>>().toEqualTypeOf<Given<'schedules'>>();
  expectTypeOf<Part<'retention'>>().toEqualTypeOf<Given<'retention'>>();
  expectTypeOf<Part<'training'>>().toEqualTypeOf<Given<'training'>>();
  expectTypeOf<ForeprintProps['historyStore']>().toEqualTypeOf<
    ConfigurationInput['historyStore']
  >();
  const modes: readonly ForeprintMode[] = ['observe', 'scale-out', 'full'];
  for (const mode of modes) expect(configurationKeys.parse({ mode }).mode).toBe(mode);
});
