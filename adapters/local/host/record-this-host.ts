import type { FootprintPoint } from '#core/domain/footprint.ts';
import type { Clock } from '#core/domain/ports.ts';
import { abortableSleep } from './abortable-sleep.ts';
import { readProc } from './read-proc.ts';
import { recordHost } from './record-host.ts';

/**
 * Records the host of this process passively from /proc: one point per step until the signal
 * aborts.
 * @throws HostNotReadable on systems other than Linux.
 */
export function recordThisHost(options: {
  readonly stepSeconds: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): AsyncGenerator<FootprintPoint> {
  return recordHost({ ...options, sleep: abortableSleep, readProc });
}
