/**
 * - `fails`, `throttled`: refused before anything is done;
 * - `answer-lost`: done, but the caller is told that it failed;
 * - `sent-twice`: done twice, as the SDK's own retry after a lost answer would;
 * - `hangs`: answered only when the test lets it.
 */
export const FAULTS = ['fails', 'throttled', 'answer-lost', 'sent-twice', 'hangs'] as const;
export type Fault = (typeof FAULTS)[number];

/** Which of the calls of several clients, counted together, meets with a fault. */
export interface FaultPlan {
  readonly calls: string[];
  fault: { readonly at: number; readonly kind: Fault } | null;
  /** Is told that a call hangs. */
  onHang: () => void;
  /** Lets calls that hang go on. */
  release: () => void;
}

export function faultPlan(): FaultPlan {
  return { calls: [], fault: null, onHang: () => undefined, release: () => undefined };
}

type Handler = (args: { readonly input: object }) => Promise<object>;

interface Middlewares {
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: { readonly commandName?: string }) => Handler,
      options: { readonly step: 'initialize'; readonly priority: 'high' },
    ): void;
  };
}

function serviceError(name: string): Error {
  return Object.assign(new Error(`${name} by the test`), { name, $fault: 'server', $metadata: {} });
}

/**
 * Lets a client's calls meet with the faults of a plan, outside everything else that answers them.
 */
export function injectFaults(client: object, plan: FaultPlan): void {
  (client as Middlewares).middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const index = plan.calls.push(commandName) - 1;
        if (plan.fault?.at !== index) return next(args);
        return meet(plan, () => next(args));
      },
    { step: 'initialize', priority: 'high' },
  );
}

async function meet(plan: FaultPlan, send: () => Promise<object>): Promise<object> {
  switch (plan.fault?.kind) {
    case 'fails':
      throw serviceError('InternalServerError');
    case 'throttled':
      throw serviceError('ThrottlingException');
    case 'answer-lost':
      await send();
      throw serviceError('TimeoutError');
    case 'sent-twice':
      await send();
      return send();
    case 'hangs':
      await new Promise<void>((resolve) => {
        plan.release = resolve;
        plan.onHang();
      });
      return send();
    default:
      return send();
  }
}
