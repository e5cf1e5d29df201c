/** `unknown`: the switch cannot be read. */
export type SwitchPosition = 'run' | 'stop' | 'unknown';

/** Tells whether functions may act. */
export interface KillSwitch {
  position(): Promise<SwitchPosition>;
  /** True only while the switch's value is "run". */
  mayAct(): Promise<boolean>;
  /** Clears the cached value. */
  forget(): void;
}

/** Lifetime of the cached value: half of the minute within which a change must take effect. */
const FRESH_MS = 30_000;

/**
 * Creates a kill switch that caches its value.
 * @param read returns the parameter's current value.
 * @param nowMs a clock in milliseconds.
 * @param report called with the error if the switch cannot be read.
 */
export function createKillSwitch(
  read: () => Promise<string | undefined>,
  nowMs: () => number,
  report: (error: unknown) => void,
): KillSwitch {
  let cached: { readonly position: SwitchPosition; readonly atMs: number } | null = null;

  async function position(): Promise<SwitchPosition> {
    const atMs = nowMs();
    // A clock that was set back must not extend the cached value's lifetime.
    if (cached !== null && Math.abs(atMs - cached.atMs) < FRESH_MS) return cached.position;
    cached = null;
    try {
      const readPosition = (await read()) === 'run' ? 'run' : 'stop';
      cached = { position: readPosition, atMs };
      return readPosition;
    } catch (error) {
      report(error);
      return 'unknown';
    }
  }

  return {
    position,
    mayAct: async () => (await position()) === 'run',
    forget: () => void (cached = null),
  };
}
