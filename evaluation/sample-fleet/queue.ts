import type { RandomSource } from '#core/domain/random.ts';

export interface QueueOptions {
  /** Work that arrives per step on average, 1 = what the usual peak load works off in one step. */
  readonly arrivals: Float64Array;
  /** Most work done in one step. */
  readonly capacity: number;
  /** Chance per step of a large delivery, and its size in steps of full work. */
  readonly deliveryChance: number;
  readonly deliverySize: number;
}

/**
 * A worker that drains a queue: it works as fast as the backlog asks, so load saturates at the capacity after large
 * deliveries and trails behind them.
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
