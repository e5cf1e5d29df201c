/**
 * How long one attempt of a call may take and how often it is made. The SDK alone waits for ever, and a function that
 * waits for ever holds an instance in its lifecycle hook. Throttling slows the calls down instead of failing them.
 */
export const CALL_LIMITS = {
  retryMode: 'adaptive',
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

/** For calls that answer with megabytes: metrics of weeks. */
export const LONG_CALL_LIMITS = {
  ...CALL_LIMITS,
  requestHandler: { ...CALL_LIMITS.requestHandler, requestTimeout: 20_000 },
};
