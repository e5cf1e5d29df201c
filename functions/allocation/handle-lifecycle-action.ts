import type { LifecycleAction } from '#functions/events/lifecycle-event.ts';

/** An older event decides nothing: the schedule has decided since, on newer history. */
const STALE_SECONDS = 600;

export interface LifecyclePorts {
  /**
   * Decides for the group; false if this action was decided before. Changes nothing any more once the signal says that
   * its time is over: a function that is frozen and thawed would apply what is no longer true.
   */
  decide(action: LifecycleAction, signal: AbortSignal): Promise<boolean>;
  /** Lets the instance go on (CONTINUE); an action that is no longer there counts as completed. */
  complete(action: LifecycleAction): Promise<unknown>;
  report(what: string, error: unknown): void;
}

export type LifecycleOutcome = 'decided' | 'repeated' | 'stale' | 'failed';

/**
 * Answers a lifecycle action: decides, within `budgetMs`, and then completes the action whatever became of the
 * decision. An instance never waits because a store, a model or a forecast is not available.
 * @throws what `complete` throws; the event is then delivered again.
 */
export async function handleLifecycleAction(
  ports: LifecyclePorts,
  action: LifecycleAction,
  { nowSeconds, budgetMs }: { readonly nowSeconds: number; readonly budgetMs: number },
): Promise<LifecycleOutcome> {
  const outcome =
    nowSeconds - action.atSeconds > STALE_SECONDS
      ? 'stale'
      : await decideWithin(ports, action, budgetMs);
  await ports.complete(action);
  return outcome;
}

async function decideWithin(
  ports: LifecyclePorts,
  action: LifecycleAction,
  budgetMs: number,
): Promise<LifecycleOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const controller = new AbortController();
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no decision within ${budgetMs} ms`)), budgetMs);
  });
  try {
    return (await Promise.race([ports.decide(action, controller.signal), deadline]))
      ? 'decided'
      : 'repeated';
  } catch (error) {
    ports.report(
      `${action.applicationId}: lifecycle action ${action.token} without a decision`,
      error,
    );
    return 'failed';
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
