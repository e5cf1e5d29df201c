import type { LifecycleAction } from '#functions/events/lifecycle-event.ts';

/** An older event decides nothing: the schedule has decided since, on newer history. */
const STALE_SECONDS = 600;

export interface LifecyclePorts {
  /**
   * Decides for the group; false if this action was decided before. Changes nothing any more once
   * the signal says that its time is over: a function that is frozen and thawed would apply what is
   * no longer true.
   */
  decide(action: LifecycleAction, signal: AbortSignal): Promise<boolean>;
  /** Lets the instance go on (CONTINUE); an action that is no longer there counts as completed. */
  complete(action: LifecycleAction): Promise<unknown>;
  report(what: string, error: unknown): void;
}

export type LifecycleOutcome = 'decided' | 'repeated' | 'stale' | 'failed';

export interface LifecycleTime {
  readonly nowSeconds: number;
  /** Aborts when a decision has to be there, with an error as its reason. */
  readonly deadline: AbortSignal;
}

/**
 * Answers a lifecycle action: decides, before the deadline, and then completes the action whatever
 * became of the decision. An instance never waits because a store, a model or a forecast is not
 * available.
 * @throws the error of `complete`; the event is then delivered again.
 */
export async function handleLifecycleAction(
  ports: LifecyclePorts,
  action: LifecycleAction,
  { nowSeconds, deadline }: LifecycleTime,
): Promise<LifecycleOutcome> {
  const outcome =
    nowSeconds - action.atSeconds > STALE_SECONDS
      ? 'stale'
      : await decideBefore(ports, action, deadline);
  await ports.complete(action);
  return outcome;
}

async function decideBefore(
  ports: LifecyclePorts,
  action: LifecycleAction,
  deadline: AbortSignal,
): Promise<LifecycleOutcome> {
  const controller = new AbortController();
  try {
    const decision = ports.decide(action, controller.signal);
    return (await Promise.race([decision, failedAt(deadline)])) ? 'decided' : 'repeated';
  } catch (error) {
    ports.report(
      `${action.applicationId}: lifecycle action ${action.token} without a decision`,
      error,
    );
    return 'failed';
  } finally {
    controller.abort();
  }
}

function failedAt(deadline: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(deadline.reason as Error);
    if (deadline.aborted) fail();
    else deadline.addEventListener('abort', fail, { once: true });
  });
}
