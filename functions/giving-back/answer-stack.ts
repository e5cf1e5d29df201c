import type { StackEvent } from '#functions/events/stack-event.ts';

/** The resource stays the same one whatever the stack changes, so only its removal deletes it. */
const RESOURCE_ID = 'foreprint-give-back';

/** CloudFormation shows people at most so many characters of a reason. */
const MAX_REASON_CHARACTERS = 400;

export interface StackPorts {
  /** Gives every group back; returns the names of those that failed, with the reasons. */
  readonly giveAllBack: () => Promise<readonly string[]>;
  /** Sends the answer to the address that CloudFormation gave. */
  readonly respond: (url: string, body: string) => Promise<void>;
}

/**
 * Answers a custom resource: gives all groups back before the stack is deleted. The answer is sent
 * whatever happens, because CloudFormation waits for it; a failure stops the deletion, which can
 * then be repeated.
 * @throws the error of `respond`.
 */
export async function answerStack(ports: StackPorts, event: StackEvent): Promise<string> {
  const reason = event.RequestType === 'Delete' ? await failureOf(ports) : null;
  const { StackId, RequestId, LogicalResourceId } = event;
  const answer = {
    Status: reason === null ? 'SUCCESS' : 'FAILED',
    ...(reason !== null && { Reason: reason.slice(0, MAX_REASON_CHARACTERS) }),
    PhysicalResourceId: event.PhysicalResourceId ?? RESOURCE_ID,
    StackId,
    RequestId,
    LogicalResourceId,
  };
  await ports.respond(event.ResponseURL, JSON.stringify(answer));
  return answer.Status;
}

async function failureOf({ giveAllBack }: StackPorts): Promise<string | null> {
  try {
    const failed = await giveAllBack();
    if (failed.length === 0) return null;
    return `not given back, delete the stack again: ${failed.join('; ')}`;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
