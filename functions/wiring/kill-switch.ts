/** `unknown`: the switch cannot be read. */
export type SwitchPosition = 'run' | 'stop' | 'unknown';

/** Says whether functions may act. */
export interface KillSwitch {
  position(): Promise<SwitchPosition>;
  /** True only while the switch says "run". */
  mayAct(): Promise<boolean>;
  /** The next answer is read anew. */
  forget(): void;
}

/** How long an answer holds: half of the minute within which a switch must take effect. */
const FRESH_MS = 30_000;

/**
 * @param read the parameter's present value.
 * @param nowMs a clock in milliseconds.
 * @param report told why the switch could not be read.
 */
export function createKillSwitch(
  read: () => Promise<string | undefined>,
  nowMs: () => number,
  report: (error: unknown) => void,
): KillSwitch {
  let known: { readonly position: SwitchPosition; readonly atMs: number } | null = null;

  async function position(): Promise<SwitchPosition> {
    const atMs = nowMs();
    // A clock that was set back must not keep an answer alive.
    if (known !== null && Math.abs(atMs - known.atMs) < FRESH_MS) return known.position;
    known = null;
    try {
      const said = (await read()) === 'run' ? 'run' : 'stop';
      known = { position: said, atMs };
      return said;
    } catch (error) {
      report(error);
      return 'unknown';
    }
  }

  return {
    position,
    mayAct: async () => (await position()) === 'run',
    forget: () => void (known = null),
  };
}
