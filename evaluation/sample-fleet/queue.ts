import type { RandomSource } from '#core/domain/random.ts';

export interface QueueOptions {
  /** Mean work that arrives per step; 1 is the work done in one step at the usual peak load. */
  readonly arrivals: Float64Array;
  /** Largest amount of work done in one step. */
  readonly capacity: number;
  /** Probability per step of a large delivery, and its size in steps of full work. */
  readonly deliveryChance: number;
  readonly deliverySize: number;
}

/**
 * A worker that drains a queue. It works as fast as the backlog requires, so its load saturates at
 * the capacity after a large delivery and declines later.
 * @returns work done per step.
 */
export function drainQueue(random: RandomSource, options: QueueOptions): Float64Array {
  let backlog = 0;
  return options.arrivals.map((arrival) => {
    const delivery =
      random() < options.deliveryChance ? options.deliverySize * (0.5 + random()) : 0;
    backlog += arrival + delivery;
    const done = Math.min(options.capacity, backlog * 0.6);
    backlog -= done;
    return done;
  });
}
