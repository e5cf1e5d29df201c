import { recordThisHost } from '#adapters/local/host/record-this-host.ts';
import { SILENT_PROGRESS } from '#cli/progress/progress.ts';
import { openPrometheus } from '#cli/prometheus/open-prometheus.ts';
import { storeFootprints } from '#cli/prometheus/store-footprints.ts';
import type { OpenStore } from '#cli/store/with-store.ts';
import type { FootprintPoint } from '#core/domain/footprint.ts';
import type { Clock } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { ServeOptions } from './serve-options.ts';

/** Most points kept in memory while another process has the store: a week of minutes. */
const MOST_WAITING = 10_080;

export interface Collecting {
  /** Where measurements come from, for people. */
  readonly source: string;
  readonly collect: (store: OpenStore) => Promise<void>;
}

export interface CollectContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  readonly settings: Settings;
}

/** Collects from Prometheus where its address is given, else records this host. */
export async function createCollect(
  options: ServeOptions,
  context: CollectContext,
): Promise<Collecting> {
  if (options.prometheusUrl !== null) {
    return fromPrometheus(options.prometheusUrl, options, context);
  }
  if (!options.record) return { source: 'nobody here', collect: async () => undefined };
  return fromHost(options.application ?? options.hostname, context);
}

function fromPrometheus(
  address: string,
  options: ServeOptions,
  { clock, signal, settings }: CollectContext,
): Collecting {
  const url = new URL(address);
  const given = { ...options, prometheusUrl: url, step: options.step ?? settings.stepSeconds };
  return {
    source: `${url.origin}${url.pathname}`.replace(/\/$/, ''),
    async collect({ history }) {
      // Every interval finds out anew which applications there are.
      const open = await openPrometheus(given, { url, nowSeconds: clock.nowSeconds(), signal });
      await storeFootprints(history, open, { isExplicit: false, progress: SILENT_PROGRESS });
    },
  };
}

function fromHost(
  applicationId: string,
  { clock, signal, print, settings }: CollectContext,
): Collecting {
  let waiting: FootprintPoint[] = [];
  const record = async () => {
    const { stepSeconds } = settings;
    for await (const point of recordThisHost({ stepSeconds, clock, signal })) {
      waiting = [...waiting, point].slice(-MOST_WAITING);
    }
  };
  void record().catch((error: unknown) => {
    print(error instanceof Error ? error.message : String(error));
  });
  return {
    source: `this host, ${applicationId}`,
    async collect({ history }) {
      if (waiting.length === 0) return;
      const points = waiting;
      await history.append([{ applicationId, applicationType: null, points }]);
      waiting = waiting.filter((point) => !points.includes(point));
    },
  };
}
