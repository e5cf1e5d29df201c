import type { NamedZone } from './named-zone.ts';

/** Seconds ahead of UTC, or a zone whose offset changes. */
export type Zone = number | NamedZone;

/** Local seconds, as if the clock of the zone showed UTC. */
export function toLocal(time: number, zone: Zone): number {
  return time + (typeof zone === 'number' ? zone : zone.offsetAt(time));
}

/** Unix seconds of local ones. */
export function toInstant(local: number, zone: Zone): number {
  return typeof zone === 'number' ? local - zone : zone.instantOf(local);
}
