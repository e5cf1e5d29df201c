import type { Resource } from './footprint.ts';

/** A stored model that could not be used; the next best forecast took its place. */
export interface ModelFault {
  readonly resource: Resource;
  /** Whose model it is. */
  readonly of: 'application' | 'cluster';
  readonly reason: string;
}
