import { UsageError } from '#cli/context/usage-error.ts';

const NO_CREDENTIALS =
  'no AWS credentials found; "aws configure", "aws sso login" or the variables AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY provide them';
const NO_REGION = 'no AWS region; give --region, or set AWS_REGION or a region in ~/.aws/config';

const REFUSED =
  /^(ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|AuthFailure|IncompleteSignature|MissingAuthenticationToken)/;
const FORBIDDEN = /^(AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError)/;
const THROTTLED = /^(Throttl|RequestLimitExceeded|TooManyRequests|RequestThrottled|SlowDown)/;
const UNREACHABLE = /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH)$/;

/** Converts an AWS error to one with a message for users. Other errors are returned unchanged. */
export function explainAwsFailure(error: unknown): unknown {
  for (const cause of causesOf(error)) {
    const errorText = `${cause.name}: ${cause.message}`;
    if (cause.name === 'CredentialsProviderError' || cause.name === 'TokenProviderError') {
      return new UsageError(`${NO_CREDENTIALS} (${cause.message})`, { cause: error });
    }
    if (/region is missing/i.test(cause.message)) {
      return new UsageError(NO_REGION, { cause: error });
    }
    if (REFUSED.test(cause.name)) {
      return failure(`AWS rejects these credentials: ${errorText}`, error);
    }
    if (FORBIDDEN.test(cause.name)) return failure(`not allowed: ${cause.message}`, error);
    if (THROTTLED.test(cause.name)) {
      return failure(`AWS throttled the calls in every attempt: ${errorText}`, error);
    }
    if (UNREACHABLE.test(codeOf(cause))) {
      return failure(`AWS cannot be reached: ${cause.message || codeOf(cause)}`, error);
    }
  }
  return error;
}

/** The message of `explainAwsFailure` as one sentence. */
export function awsFailureText(error: unknown): string {
  const explainedError = explainAwsFailure(error);
  const text = explainedError instanceof Error ? explainedError.message : String(explainedError);
  // Further lines are debugging hints of the SDK.
  return text.split('\n')[0] ?? '';
}

function failure(message: string, cause: unknown): Error {
  return new Error(message, { cause });
}

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let next = error; next instanceof Error && !causes.includes(next); next = next.cause) {
    causes.push(next);
  }
  return causes;
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
