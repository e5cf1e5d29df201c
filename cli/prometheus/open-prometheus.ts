import { readFile } from 'node:fs/promises';
import { chooseQueries, type ChosenQueries } from '#adapters/prometheus/choose-queries.ts';
import {
  createPrometheusClient,
  type PrometheusClient,
  type PrometheusRequest,
} from '#adapters/prometheus/prometheus-client.ts';
import { PrometheusError } from '#adapters/prometheus/prometheus-error.ts';
import { surveyServer, type Survey } from '#adapters/prometheus/survey.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import type { PrometheusOptions } from '#cli/options/prometheus-options.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';

const DEFAULT_STEP_SECONDS = 300;
const DEFAULT_SINCE_SECONDS = 14 * 86_400;
/** More are more likely to be a wrong label than applications. */
const MOST_APPLICATIONS = 2000;

/** A server that was asked what it has. */
export interface OpenPrometheus {
  readonly client: PrometheusClient;
  readonly chosen: ChosenQueries;
  readonly survey: Survey;
  /** Multiples of the step; ends with the last whole step. */
  readonly range: TimeRange;
  readonly stepSeconds: number;
}

/**
 * Connects, chooses queries and asks each of them once.
 * @throws UsageError where the server cannot be asked, has nothing, or has too many applications.
 */
export async function openPrometheus(
  given: PrometheusOptions,
  {
    url,
    nowSeconds,
    signal,
  }: { readonly url: URL; readonly nowSeconds: number; readonly signal: AbortSignal },
): Promise<OpenPrometheus> {
  const stepSeconds = given.step ?? DEFAULT_STEP_SECONDS;
  const range = rangeOf(given, nowSeconds, stepSeconds);
  const client = createPrometheusClient({
    url,
    headers: await headersOf(given),
    signal,
    sign: await signerOf(given),
  });
  const own = Object.fromEntries(
    RESOURCES.flatMap((resource) =>
      given[resource] === undefined ? [] : [[resource, given[resource]]],
    ),
  );
  try {
    const { preset, by, namespace } = given;
    const atSeconds = range.toSeconds;
    const wanted = { preset, by, own, namespaces: namespace.flat(), atSeconds };
    const chosen = await chooseQueries(client, wanted);
    const survey = await surveyServer(client, chosen, { atSeconds, stepSeconds });
    requireApplications(survey, client.location, given);
    return { client, chosen, survey, range, stepSeconds };
  } catch (error) {
    if (error instanceof PrometheusError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function requireApplications(
  { applications }: Survey,
  location: string,
  { yes, dryRun }: PrometheusOptions,
): void {
  if (dryRun) return;
  if (applications.length === 0) {
    throw new UsageError(
      `${location}: no query has a series at the end of the time asked for; --dry-run shows them`,
    );
  }
  if (applications.length > MOST_APPLICATIONS && !yes) {
    const example = applications.slice(0, 3).join(', ');
    throw new UsageError(
      `${location} has ${applications.length} applications (${example}, …); --by and -n make fewer, --yes reads them all`,
    );
  }
}

/** @throws UsageError for a time that is not before another. */
function rangeOf(
  { since = DEFAULT_SINCE_SECONDS, start, end }: PrometheusOptions,
  nowSeconds: number,
  stepSeconds: number,
): TimeRange {
  const down = (seconds: number) => Math.floor(seconds / stepSeconds) * stepSeconds;
  const toSeconds = down(typeof end === 'number' ? end : nowSeconds);
  const fromSeconds = down(typeof start === 'number' ? start : toSeconds - since);
  if (fromSeconds >= toSeconds) throw new UsageError('--start: is not before --end');
  return { fromSeconds, toSeconds };
}

/** Nothing of AWS is loaded where nothing is signed. */
async function signerOf({ prometheusSigv4: service }: PrometheusOptions) {
  if (service === undefined) return undefined;
  const { withAccount } = await import('#cli/aws/account/open-account.ts');
  const { signRequest } = await import('#adapters/aws/sign-request.ts');
  const { client } = await withAccount(undefined, async (account) => account);
  return (request: PrometheusRequest) => signRequest(client, service, request);
}

/** @throws UsageError for a file that cannot be read, or a header without a colon. */
async function headersOf(given: PrometheusOptions): Promise<Readonly<Record<string, string>>> {
  const { prometheusAuthHeader, prometheusTokenFile, prometheusHeaders } = given;
  const headers: Record<string, string> = {};
  if (prometheusAuthHeader !== undefined) headers['authorization'] = prometheusAuthHeader;
  if (prometheusTokenFile !== undefined) {
    const token = await readFile(prometheusTokenFile, 'utf8').catch((cause: unknown) => {
      throw new UsageError(`--prometheus-token-file: ${prometheusTokenFile} cannot be read`, {
        cause,
      });
    });
    headers['authorization'] = `Bearer ${token.trim()}`;
  }
  for (const header of prometheusHeaders) {
    const colon = header.indexOf(':');
    if (colon < 1) throw new UsageError(`--prometheus-headers: "${header}" has no colon`);
    headers[header.slice(0, colon).trim().toLowerCase()] = header.slice(colon + 1).trim();
  }
  return headers;
}
