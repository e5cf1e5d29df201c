import { timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Clock } from '#core/domain/ports.ts';
import type { LiveApplication } from '#html-report/live/live-application.ts';
import { renderFleet } from '#html-report/live/render-fleet.ts';
import { renderLiveApplication } from '#html-report/live/render-live-application.ts';
import { renderLivePage } from '#html-report/live/render-live-page.ts';
import { encodePayload } from '#html-report/payload/encode-payload.ts';
import { namesOfPath } from '#html-report/text/path-name.ts';
import {
  applicationsDocument,
  decisionDocument,
  forecastDocument,
  incidentsDocument,
} from './documents.ts';
import type { LiveState } from './live-state.ts';
import { metricsText, type ProcessUse } from './metrics-text.ts';
import { openApiDocument } from './openapi.ts';

/** Identifier of the element that the page keeps an application's data in. */
const PAYLOAD = 'payload-live';
/** Proxies close connections on which nothing is said. */
const KEEP_ALIVE_MS = 20_000;

/** What is only read. */
const READ_PATHS = [
  ...['/', '/healthz', '/readyz', '/metrics', '/openapi.json', '/live/*'],
  ...['/v1/applications', '/v1/applications/*', '/v1/incidents', '/v1/keda/*'],
];

export interface AppContext {
  readonly state: LiveState;
  readonly clock: Clock;
  /** Of the program. */
  readonly version: string;
  readonly use: () => ProcessUse;
  /** Wanted for everything but reading; null: nothing but reading is allowed. */
  readonly token: string | null;
  /** Begins the next interval at once. */
  readonly again: () => void;
}

/** The routes of `foreprint serve`. All answers come from memory. */
export function createApp({ state, clock, version, use, token, again }: AppContext): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
  });
  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', (context) => {
    const isReady = state.isReady(clock.nowSeconds());
    return context.text(isReady ? 'ready\n' : 'no recent decisions\n', isReady ? 200 : 503);
  });
  app.get('/metrics', (context) =>
    context.text(metricsText(state.fleet(), use()), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  );
  app.get('/openapi.json', (context) => json(context, openApiDocument(version)));
  app.get('/v1/applications', (context) => json(context, applicationsDocument(state.fleet())));
  app.get('/v1/incidents', (context) => json(context, incidentsDocument(state.fleet())));
  app.get('/v1/keda/*', (context) =>
    ofApplication(context, state, ['/v1/keda/', ''])((found) =>
      json(context, { value: found.decision.instances }),
    ),
  );
  app.get('/v1/applications/*', (context) => {
    const isForecast = context.req.path.endsWith('/forecast');
    const ending = isForecast ? '/forecast' : '/decision';
    return ofApplication(context, state, ['/v1/applications/', ending])((found) =>
      json(context, isForecast ? forecastDocument(found) : decisionDocument(found)),
    );
  });
  app.post('/v1/interval', (context) => {
    if (token === null) return problem(context, 405, 'read-only: start with --token-file');
    if (!isToken(context.req.header('authorization'), token)) {
      context.header('WWW-Authenticate', 'Bearer');
      return problem(context, 401, 'a bearer token is wanted');
    }
    again();
    return context.body(null, 202);
  });
  addPage(app, state);
  for (const path of READ_PATHS) app.all(path, otherMethod('GET, HEAD'));
  app.all('/v1/interval', otherMethod('POST'));
  app.notFound((context) => problem(context, 404, 'there is nothing here; see /openapi.json'));
  return app;
}

function addPage(app: Hono, state: LiveState): void {
  app.get('/', async (context) => {
    const { markup, contentPolicy } = await renderLivePage(state.fleet());
    return context.html(markup, 200, { 'Content-Security-Policy': contentPolicy });
  });
  app.get('/live/fleet', (context) => context.html(renderFleet(state.fleet()).markup));
  app.get('/live/applications/*', (context) =>
    ofApplication(context, state, ['/live/applications/', ''])((found) =>
      context.text(encodePayload(renderLiveApplication(found, PAYLOAD))),
    ),
  );
  app.get('/live/events', (context) =>
    streamSSE(context, async (stream) => {
      const tell = () => void stream.writeSSE({ event: 'interval', data: '' });
      const unsubscribe = state.subscribe(tell);
      stream.onAbort(unsubscribe);
      while (!stream.aborted) {
        await stream.writeSSE({ event: 'alive', data: '' });
        await stream.sleep(KEEP_ALIVE_MS);
      }
    }),
  );
}

/** The application whose encoded name stands between a beginning and an ending of the path. */
function ofApplication(
  context: Context,
  state: LiveState,
  [beginning, ending]: readonly [string, string],
): (answer: (found: LiveApplication) => Response) => Response {
  const { pathname } = new URL(context.req.url);
  const names = namesOfPath(pathname.slice(beginning.length, pathname.length - ending.length));
  const known = pathname.endsWith(ending) ? names.map((name) => state.application(name)) : [];
  const found = known.find((application) => application !== null);
  return (answer) =>
    found === undefined
      ? problem(context, 404, `there is no application ${names.at(-1) ?? ''}`)
      : answer(found);
}

function json(context: Context, document: unknown): Response {
  return context.body(`${JSON.stringify(document)}\n`, 200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  });
}

function problem(context: Context, status: 401 | 404 | 405, error: string): Response {
  return context.json({ error }, status);
}

/** Answers any method but those of a path (RFC 9110, sections 9.3.7 and 15.5.6). */
function otherMethod(allowed: string): (context: Context) => Response {
  return (context) => {
    context.header('Allow', allowed);
    if (context.req.method === 'OPTIONS') return context.body(null, 204);
    return problem(context, 405, `only ${allowed} is allowed here`);
  };
}

/** Compares in constant time. */
function isToken(header: string | undefined, token: string): boolean {
  // The name of the scheme may be written in any case (RFC 9110, section 11.1).
  const given = Buffer.from(/^bearer +(.+)$/i.exec(header ?? '')?.[1] ?? '', 'utf8');
  const wanted = Buffer.from(token, 'utf8');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
