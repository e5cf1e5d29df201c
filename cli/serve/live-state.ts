import type { LiveApplication, LiveFleet, LiveHealth } from '#html-report/live/live-application.ts';

/** Intervals may be missed for so many steps before the server counts as not ready. */
const READY_STEPS = 3;
/** The first trainings of many applications take long. */
const LEAST_READY_SECONDS = 1800;

/** What the server answers from: everything that is known, in memory. */
export interface LiveState {
  fleet(): LiveFleet;
  application(applicationId: string): LiveApplication | null;
  /** Whether the decisions are recent. */
  isReady(nowSeconds: number): boolean;
  replace(fleet: LiveFleet): void;
  /** Calls the listener after every interval, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

export function createLiveState(first: LiveHealth): LiveState {
  let fleet: LiveFleet = { applications: [], health: first };
  let byId = new Map<string, LiveApplication>();
  const listeners = new Set<() => void>();
  return {
    fleet: () => fleet,
    application: (applicationId) => byId.get(applicationId) ?? null,
    isReady(nowSeconds) {
      const { intervalAtSeconds, stepSeconds } = fleet.health;
      if (intervalAtSeconds === null) return false;
      const most = Math.max(READY_STEPS * stepSeconds, LEAST_READY_SECONDS);
      return nowSeconds - intervalAtSeconds <= most;
    },
    replace(newest) {
      fleet = newest;
      byId = new Map(newest.applications.map((found) => [found.applicationId, found]));
      listeners.forEach((listener) => listener());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
