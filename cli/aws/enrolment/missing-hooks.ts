import type { LifecycleHook } from '#adapters/aws/auto-scaling/lifecycle-hooks.ts';
import { LIFECYCLE_HOOKS } from '#cdk/configuration/lifecycle-hooks.ts';

/** Foreprint's lifecycle hooks that a group lacks or has with other settings. */
export function missingHooks(present: readonly LifecycleHook[]): readonly LifecycleHook[] {
  return LIFECYCLE_HOOKS.filter(
    (hook) =>
      !present.some(
        (other) =>
          other.name === hook.name &&
          other.transition === hook.transition &&
          other.timeoutSeconds === hook.timeoutSeconds &&
          other.defaultResult === hook.defaultResult,
      ),
  );
}
