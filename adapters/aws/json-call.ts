import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { signedPost, type SignedEndpoint } from './signed-post.ts';

/** Services that are asked without their SDK client, see `signedPost`. */
export type JsonService = 'ecs' | 'application-autoscaling';

/** Prefixes of the header that names an action. */
const TARGETS: Readonly<Record<JsonService, string>> = {
  ecs: 'AmazonEC2ContainerServiceV20141113',
  'application-autoscaling': 'AnyScaleFrontendService',
};

/**
 * Sends one action, for example `('ecs', 'DescribeServices', {…})`, and returns the answer as it was
 * parsed from JSON.
 * @throws JsonCallError if the service refuses, and whatever `fetch` throws.
 */
export type JsonCall = (service: JsonService, action: string, input: object) => Promise<unknown>;

/** A service refused an action. `name` is the service's own, for example "ThrottlingException". */
export class JsonCallError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const MAX_ATTEMPTS = 4;
const FIRST_WAIT_MS = 100;
const THROTTLED = /^(Throttl|TooManyRequests|RequestLimitExceeded|LimitExceeded|ServerException)/;

const errorSchema = z.object({
  __type: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

/**
 * Calls by the protocol AWS JSON 1.1. Calls that are throttled or not answered are repeated, with
 * longer and longer waits between; all calls that are made so may be repeated.
 */
export function createJsonCall(endpointOf: (service: JsonService) => SignedEndpoint): JsonCall {
  return async (service, action, input) => {
    const request = {
      service,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${TARGETS[service]}.${action}`,
      },
      body: JSON.stringify(input),
    };
    for (let attempt = 1; ; attempt++) {
      try {
        const { ok, status, text } = await signedPost(endpointOf(service), request);
        if (ok) return JSON.parse(text || '{}');
        throw refusal(status, text);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isTransient(error)) throw error;
        await sleep(FIRST_WAIT_MS * 2 ** attempt);
      }
    }
  };
}

function refusal(status: number, text: string): JsonCallError {
  const parsed = errorSchema.safeParse(jsonOf(text));
  const { __type: type, code, message, Message } = parsed.success ? parsed.data : {};
  const name = (type ?? code ?? `Status${status}`).split('#').at(-1) ?? '';
  return new JsonCallError(
    status >= 500 && type === undefined ? 'ServerException' : name,
    message ?? Message ?? text.slice(0, 200),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A refusal that comes of haste, or a connection that broke. */
function isTransient(error: unknown): boolean {
  return error instanceof JsonCallError ? THROTTLED.test(error.name) : error instanceof Error;
}
