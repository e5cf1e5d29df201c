import { UsageError } from '#cli/context/usage-error.ts';
import { urlOfEnvironment } from '#cli/options/environment-url.ts';
import type { PrometheusOptions } from '#cli/options/prometheus-options.ts';

/**
 * The address that is given, or where no trace is, the one of the environment; null without any.
 * @throws UsageError for both traces and an address.
 */
export function prometheusUrl(
  traces: readonly string[],
  { prometheusUrl: given }: Pick<PrometheusOptions, 'prometheusUrl'>,
): URL | null {
  if (traces.length > 0) {
    if (given === undefined) return null;
    throw new UsageError('either traces or --prometheus-url can be read, not both');
  }
  return given ?? urlOfEnvironment();
}
