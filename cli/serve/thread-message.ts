import type { LiveFleet } from '#html-report/live/live-application.ts';

/** What the thread of the loop says to the thread that answers requests. */
export type ThreadMessage =
  | { readonly kind: 'fleet'; readonly fleet: LiveFleet }
  | { readonly kind: 'note'; readonly text: string };
