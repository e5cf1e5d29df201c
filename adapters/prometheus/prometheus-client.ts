import { parseAnswer, type QuerySeries } from './matrix.ts';
import { PrometheusError } from './prometheus-error.ts';

/** A server that speaks Prometheus' HTTP API. */
export interface PrometheusClient {
  /** Address as given, without credentials. */
  readonly location: string;
  /** The value of every series of a query at an instant. */
  instant(query: string, atSeconds: number): Promise<readonly QuerySeries[]>;
  /** The values of every series at `fromSeconds`, every step from there, up to `toSeconds`. */
  range(query: string, range: QueryRange): Promise<readonly QuerySeries[]>;
}

/** Unix seconds; both ends are included. */
export interface QueryRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly stepSeconds: number;
}

export interface PrometheusConnection {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Signs requests for servers that want it: the headers to send. */
  readonly sign?:
    ((request: PrometheusRequest) => Promise<Readonly<Record<string, string>>>) | undefined;
}

/** A query as it is posted. */
export interface PrometheusRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Longer than the two minutes after which Prometheus itself gives a query up. */
const TIMEOUT_MS = 150_000;

/**
 * A client of Prometheus' API (https://prometheus.io/docs/prometheus/latest/querying/api/), which
 * Thanos, Mimir, VictoriaMetrics and managed services speak too. Queries are posted, as those of
 * presets are longer than what some proxies allow in an address.
 */
export function createPrometheusClient(connection: PrometheusConnection): PrometheusClient {
  const { url } = connection;
  const location = `${url.origin}${url.pathname}`.replace(/\/$/, '');
  const ask = async (path: string, fields: Readonly<Record<string, string>>) =>
    parseAnswer(await post(connection, { address: `${location}/api/v1/${path}`, fields }));
  return {
    location,
    instant: (query, atSeconds) => ask('query', { query, time: String(atSeconds) }),
    range: (query, { fromSeconds, toSeconds, stepSeconds }) =>
      ask('query_range', {
        query,
        start: String(fromSeconds),
        end: String(toSeconds),
        step: String(stepSeconds),
      }),
  };
}

async function post(
  { url, headers, signal, sign }: PrometheusConnection,
  { address, fields }: { readonly address: string; readonly fields: Record<string, string> },
): Promise<unknown> {
  const target = new URL(address);
  target.search = url.search;
  const credentials = basicCredentials(url);
  const body = new URLSearchParams(fields).toString();
  const unsigned: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  };
  if (credentials !== null) unsigned['authorization'] ??= credentials;
  const signed = await sign?.({ url: target, headers: unsigned, body });
  let response: Response;
  try {
    response = await fetch(target, {
      method: 'POST',
      headers: signed ?? unsigned,
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new PrometheusError(`${target.origin} ${reasonOf(error)}`, null, { cause: error });
  }
  const text = await response.text();
  if (response.ok) return parsedJson(text, target.origin);
  throw new PrometheusError(
    `${target.origin} refused a query (${response.status}): ${errorText(text)}`,
    response.status,
  );
}

function basicCredentials({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

function parsedJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PrometheusError(`${origin} answers without JSON: ${errorText(text)}`, null, {
      cause: error,
    });
  }
}

const MOST_ERROR_CHARACTERS = 300;

function errorText(text: string): string {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && 'error' in document) {
      return String(document.error);
    }
  } catch {
    // A proxy answers with a page.
  }
  return text.replaceAll(/\s+/g, ' ').slice(0, MOST_ERROR_CHARACTERS) || 'without a reason';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `gave no answer within ${TIMEOUT_MS / 1000} s`;
  // The message of fetch is "fetch failed"; its cause knows why.
  const { cause } = error;
  if (!(cause instanceof Error)) return `cannot be reached: ${error.message}`;
  return `cannot be reached: ${cause.message || ('code' in cause ? String(cause.code) : cause.name)}`;
}
