import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { localSeries } from '#core/domain/local-series.ts';
import type { ApplicationHistory, HistoryStore } from '#core/domain/ports.ts';
import type { PeakLog } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { continues, learnPeaks } from './peak-log.ts';

const DAY_SECONDS = 86_400;
/** What is usual at a time of day is taken from so much at a time. */
const SEARCHED_SECONDS = 28 * DAY_SECONDS;
/** A monthly peak shows itself eight times. */
const LONGEST_SECONDS = 252 * DAY_SECONDS;

type PeakLogs = Readonly<Partial<Record<Resource, PeakLog>>>;

/**
 * The peaks of every resource up to the end of a window. Where those before the window are not
 * known they are searched for in the history, four weeks after four weeks.
 */
export async function rememberPeaks(
  store: HistoryStore,
  input: {
    readonly history: ApplicationHistory;
    readonly window: FootprintWindow;
    readonly known: PeakLogs;
    readonly timeZone: string;
  },
  { resources }: Pick<Settings, 'resources'>,
): Promise<PeakLogs> {
  const { history, window, known, timeZone } = input;
  const isKnown = resources.every((resource) => {
    const { startSeconds } = localWindow(window, resource, timeZone);
    return continues(known[resource], { startSeconds }, timeZone);
  });
  let logs: PeakLogs = isKnown ? known : {};
  if (!isKnown) {
    const { startSeconds, stepSeconds } = window;
    const first = Math.max(history.firstSeconds, startSeconds - LONGEST_SECONDS);
    const parts = Math.ceil((startSeconds - first) / SEARCHED_SECONDS);
    for (let part = parts; part > 0; part--) {
      const fromSeconds = startSeconds - part * SEARCHED_SECONDS;
      const range = { fromSeconds, toSeconds: fromSeconds + SEARCHED_SECONDS };
      const earlier = await store.read(history.applicationId, range, stepSeconds);
      logs = learnAll(logs, { window: earlier, timeZone }, resources);
    }
  }
  return learnAll(logs, { window, timeZone }, resources);
}

function learnAll(
  known: PeakLogs,
  { window, timeZone }: { readonly window: FootprintWindow; readonly timeZone: string },
  resources: readonly Resource[],
): PeakLogs {
  return Object.fromEntries(
    resources.map((resource) => [
      resource,
      learnPeaks(known[resource], localWindow(window, resource, timeZone), timeZone),
    ]),
  );
}

function localWindow(window: FootprintWindow, resource: Resource, timeZone: string) {
  const { stepSeconds } = window;
  const { endSeconds, values } = localSeries(window.values[resource], window, timeZone);
  return { startSeconds: endSeconds - values.length * stepSeconds, stepSeconds, values };
}
