import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { sharedForecast, sharedWindow } from '#cli/serve/share-numbers.ts';
import { perResource } from '#core/domain/footprint.ts';

it('gives a thread the same numbers without a copy of its own', () => {
  const values = Float64Array.of(1, NaN, 3);
  const window = sharedWindow({
    startSeconds: 0,
    stepSeconds: 60,
    values: perResource(() => values),
  });
  const forecast = sharedForecast({
    originSeconds: 180,
    stepSeconds: 60,
    horizon: 1,
    levels: [0.1, 0.5, 0.9],
    values,
  });
  const { port1, port2 } = new MessageChannel();
  port1.postMessage({ window, forecast });
  const message: unknown = receiveMessageOnPort(port2)?.message;
  port1.close();
  expect(message).toEqual({ window, forecast });
  window.values.cpu[0] = 7;
  expect(message).toHaveProperty('window.values.cpu', Float64Array.of(7, NaN, 3));
  // What is shared is a copy of what was given.
  expect(values[0]).toBe(1);
});
