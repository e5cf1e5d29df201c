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

/** Lifetime of the cached value, also of that it cannot be read: half of the minute within which a change must take effect. */
export const SWITCH_FRESH_MS = 30_000;

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
  let cached: { readonly position: Promise<SwitchPosition>; readonly atMs: number } | null = null;

  async function ask(): Promise<SwitchPosition> {
    try {
      return (await read()) === 'run' ? 'run' : 'stop';
    } catch (error) {
      report(error);
      return 'unknown';
    }
  }

  // Everybody who asks meanwhile waits for the same answer, also for that it cannot be read.
  function position(): Promise<SwitchPosition> {
    const atMs = nowMs();
    // A clock that was set back must not extend the cached value's lifetime.
    if (cached === null || Math.abs(atMs - cached.atMs) >= SWITCH_FRESH_MS) {
      cached = { position: ask(), atMs };
    }
    return cached.position;
  }

  return {
    position,
    mayAct: async () => (await position()) === 'run',
    forget: () => void (cached = null),
  };
}
