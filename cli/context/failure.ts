import { CommanderError } from 'commander';
import { HostNotReadable } from '#adapters/local/host/sample-host.ts';
import { InputError } from '#adapters/local/input-error.ts';
import { StoreError, type StoreFault } from '#adapters/local/store/store-error.ts';
import { TraceTooShort } from '#evaluation/replay/replay-fleet.ts';
import { Interruption } from './interruption.ts';
import { UsageError } from './usage-error.ts';

export interface Failure {
  readonly status: number;
  /** One line for standard error, null if there is nothing to report. */
  readonly message: string | null;
}

/** Faults of a store that count as unusable input; the other faults occur during work. */
const UNUSABLE: readonly StoreFault[] = ['read-only', 'schema'];

/** EX_TEMPFAIL of sysexits.h: the same command may succeed later. */
const BUSY_STATUS = 75;

const UNUSABLE_INPUTS = [UsageError, InputError, HostNotReadable, TraceTooShort] as const;

/**
 * Exit status and message of an error: 2 for wrong use or unusable input, 75 for a store that
 * another process has, 130 for an interruption, otherwise 1.
 */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) return ofCommander(error);
  if (error instanceof Interruption) return { status: 130, message: 'interrupted' };
  const message = oneLine(error instanceof Error ? error.message : String(error));
  if (error instanceof StoreError && error.fault === 'locked') {
    return { status: BUSY_STATUS, message };
  }
  return { status: isUnusable(error) ? 2 : 1, message };
}

function isUnusable(error: unknown): boolean {
  if (error instanceof StoreError) return UNUSABLE.includes(error.fault);
  return UNUSABLE_INPUTS.some((kind) => error instanceof kind);
}

/** Commander reports a request for help as an error with status 0. */
function ofCommander({ exitCode, message }: CommanderError): Failure {
  if (exitCode === 0) return { status: 0, message: null };
  return { status: 2, message: oneLine(message.replace(/^error: /, '')) };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
