import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import type { AccountWorld } from '#evaluation/account/account-world.ts';

/** A group of the account in a box: its world, and what surrounds it in an account. */
export interface BoxGroup {
  readonly name: string;
  readonly world: AccountWorld;
  readonly tags: Map<string, string>;
  readonly policies: ScalingPolicy[];
  /** The owner's own maximum and minimum, which nobody but the owner changes. */
  readonly owner: { readonly min: number; readonly max: number };
}
