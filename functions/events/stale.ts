/** Age at which an event is refused; nothing delivers one later, see cdk/function/invoke-on.ts. */
const STALE_SECONDS = 300;

/**
 * Whether a tick is too old to act on: the next one came long ago, and what was right then may be
 * wrong now.
 */
export function isStale(atSeconds: number, nowSeconds: number): boolean {
  return nowSeconds - atSeconds > STALE_SECONDS;
}
