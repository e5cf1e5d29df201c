/** `observe` recommends only, `scale-out` never lowers, `full` does both. */
export const ALLOCATION_MODES = ['observe', 'scale-out', 'full'] as const;
export type AllocationMode = (typeof ALLOCATION_MODES)[number];
