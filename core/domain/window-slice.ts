import { perResource, type FootprintWindow } from './footprint.ts';

/** Steps [from, to) of a window. The result shares the memory of the window. */
export function sliceWindow(window: FootprintWindow, from: number, to: number): FootprintWindow {
  return {
    startSeconds: window.startSeconds + from * window.stepSeconds,
    stepSeconds: window.stepSeconds,
    values: perResource((resource) => window.values[resource].subarray(from, to)),
  };
}
