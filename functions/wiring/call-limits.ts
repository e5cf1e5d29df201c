/**
 * Time limits and attempts of SDK calls. The SDK has no time limit by default, and a function that
 * hangs keeps an instance waiting in its lifecycle hook. The adaptive retry mode slows down on
 * throttling instead of failing.
 */
export const CALL_LIMITS = {
  retryMode: 'adaptive',
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

/** For calls that return megabytes, such as metrics of weeks. */
export const LONG_CALL_LIMITS = {
  ...CALL_LIMITS,
  requestHandler: { ...CALL_LIMITS.requestHandler, requestTimeout: 20_000 },
};
