import type { HistoryStore, IncidentStore, ProfileStore, TimeRange } from '#core/domain/ports.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';

/**
 * An incident store for the work on one group: its state is read once, however often it is asked for, and a save changes
 * what is known.
 */
export function readStateOnce(incidents: IncidentStore): IncidentStore {
  const states = new Map<string, Promise<unknown>>();
  return {
    incidents: (applicationId) => incidents.incidents(applicationId),
    state(applicationId) {
      const known = states.get(applicationId) ?? incidents.state(applicationId);
      states.set(applicationId, known);
      return known;
    },
    async save(applicationId, state, changed) {
      await incidents.save(applicationId, state, changed);
      states.set(applicationId, Promise.resolve(state));
    },
  };
}

/**
 * A history for the work on one group: `range` of its history is asked for at once, and every window within it is a part
 * of the answer. Other windows are read as they are asked for.
 */
export function readWindowOnce(
  history: HistoryStore,
  applicationId: string,
  { range, stepSeconds }: { readonly range: TimeRange; readonly stepSeconds: number },
): HistoryStore {
  const whole = history.read(applicationId, range, stepSeconds);
  // A failure is told to those who ask for a part.
  whole.catch(() => undefined);
  return {
    ...history,
    async read(id, part, step) {
      const from = (part.fromSeconds - range.fromSeconds) / stepSeconds;
      const to = (part.toSeconds - range.fromSeconds) / stepSeconds;
      const isWithin =
        from >= 0 && part.toSeconds <= range.toSeconds && [from, to].every(Number.isInteger);
      const isPart = id === applicationId && step === stepSeconds && isWithin;
      return isPart ? sliceWindow(await whole, from, to) : history.read(id, part, step);
    },
  };
}

/** Clusters change once a day; a function that works on many groups reads them once in so many milliseconds. */
export function rememberClusters(
  profiles: ProfileStore,
  { nowMs, freshMs }: { readonly nowMs: () => number; readonly freshMs: number },
): ProfileStore {
  let known: { readonly atMs: number; readonly clusters: ReturnType<ProfileStore['clusters']> };
  return {
    ...profiles,
    clusters() {
      const atMs = nowMs();
      if (known && Math.abs(atMs - known.atMs) < freshMs) return known.clusters;
      const clusters = profiles.clusters();
      const asked = (known = { atMs, clusters });
      // A failure is told to those who asked and not remembered.
      clusters.catch(() => {
        if (known === asked) known = { ...asked, atMs: -Infinity };
      });
      return clusters;
    },
  };
}
