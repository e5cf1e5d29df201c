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

/** What is between two attempts of a call; the SDK waits longer only while it is throttled. */
const BETWEEN_ATTEMPTS_MS = 500;

/** How long a call takes that is never answered. */
export const unansweredMs = ({ maxAttempts, requestHandler }: typeof CALL_LIMITS): number =>
  maxAttempts * (requestHandler.requestTimeout + BETWEEN_ATTEMPTS_MS);

/** What a group may still take when the time is nearly over: a call without an answer, and more. */
export const GROUP_MS = unansweredMs(CALL_LIMITS) + 5_000;

/** For calls that return megabytes, such as metrics of weeks. */
export const LONG_CALL_LIMITS = {
  ...CALL_LIMITS,
  // Two, so that one of them without an answer leaves time in a function of a few minutes.
  maxAttempts: 2,
  requestHandler: { ...CALL_LIMITS.requestHandler, requestTimeout: 20_000 },
};
