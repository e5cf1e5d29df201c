/** The address of a Prometheus that the environment names; null without a usable one. */
export function urlOfEnvironment(): URL | null {
  const named = process.env['PROMETHEUS_URL'] ?? '';
  return URL.canParse(named) ? new URL(named) : null;
}
