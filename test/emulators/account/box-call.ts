/** A call of a function to a service of the account in a box. */
export interface BoxCall {
  /** Name of the function, as in `BoxHandlers`; null for a call that none of them makes. */
  readonly from: string | null;
  /** As IAM names it, for example "autoscaling:UpdateAutoScalingGroup". */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What the account's IAM says to a call. */
export interface CallGate {
  /** @throws an error named AccessDenied where the call is refused. */
  pass(call: Omit<BoxCall, 'from'>): void;
}

/** IAM's refusal, as every service's client throws it. */
export class AccessDenied extends Error {
  constructor({ action }: Pick<BoxCall, 'action'>) {
    super(`User: box is not authorized to perform: ${action}`);
    this.name = 'AccessDenied';
  }
}
