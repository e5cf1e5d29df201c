import * as z from 'zod';
import { ALLOCATION_MODES, type AllocationMode } from '#core/domain/settings/allocation-modes.ts';

/**
 * What Foreprint may do to a group: `observe` only decides and logs, `scale-out` also raises the
 * group's minimum to the forecast, `full` sets the desired capacity as well.
 */
export const MODES = ALLOCATION_MODES;
export type Mode = AllocationMode;

/** What `scale-out` was called first: tags and configurations that still say so mean the same. */
const FORMER_SCALE_OUT = 'floor';

/** The mode that a tag or a person names; null for a word that is none. */
export function modeNamed(word: string): Mode | null {
  return word === FORMER_SCALE_OUT ? 'scale-out' : (MODES.find((mode) => mode === word) ?? null);
}

/** A mode as somebody wrote it, former name included. */
export const modeSchema = z
  .enum([...MODES, FORMER_SCALE_OUT], { error: `must be one of ${MODES.join(', ')}` })
  .transform((word): Mode => (word === FORMER_SCALE_OUT ? 'scale-out' : word));

/** What may be written for a mode. */
export type WrittenMode = z.input<typeof modeSchema>;
