import { CommanderError } from 'commander';
import { InputError } from '#adapters/local/input-error.ts';
import { HostNotReadable } from '#adapters/local/host/sample-host.ts';
import { StoreError, type StoreFault } from '#adapters/local/store/store-error.ts';
import { TraceTooShort } from '#evaluation/replay/replay-fleet.ts';
import { Interruption } from './interruption.ts';
import { UsageError } from './usage-error.ts';

export interface Failure {
  readonly status: number;
  /** One line for standard error, null where there is nothing to say. */
  readonly message: string | null;
}

/** A store in such a state is unusable input; with the others the work had begun. */
const UNUSABLE: readonly StoreFault[] = ['locked', 'read-only', 'schema'];

const UNUSABLE_INPUTS = [UsageError, InputError, HostNotReadable, TraceTooShort] as const;

/** Exit status and line for whatever a command threw: 2 wrong use or unusable input, 130 interrupted, else 1. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) return ofCommander(error);
  if (error instanceof Interruption) return { status: 130, message: 'interrupted' };
  const message = oneLine(error instanceof Error ? error.message : String(error));
  return { status: isUnusable(error) ? 2 : 1, message };
}

function isUnusable(error: unknown): boolean {
  if (error instanceof StoreError) return UNUSABLE.includes(error.fault);
  return UNUSABLE_INPUTS.some((kind) => error instanceof kind);
}

/** Commander reports a wish for help as an error, with status 0. */
function ofCommander({ exitCode, message }: CommanderError): Failure {
  if (exitCode === 0) return { status: 0, message: null };
  return { status: 2, message: oneLine(message.replace(/^error: /, '')) };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
