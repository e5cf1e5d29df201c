import { perResource, type FootprintWindow } from './footprint.ts';

/** Steps [from, to) of a window, sharing its memory. */
export function sliceWindow(window: FootprintWindow, from: number, to: number): FootprintWindow {
  return {
    startSeconds: window.startSeconds + from * window.stepSeconds,
    stepSeconds: window.stepSeconds,
    values: perResource((resource) => window.values[resource].subarray(from, to)),
  };
}
