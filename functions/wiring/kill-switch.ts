/** Says whether functions may act. */
export interface KillSwitch {
  /** False while the switch says anything but "run", and whenever it cannot be read. */
  mayAct(): Promise<boolean>;
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
  let known: { readonly mayAct: boolean; readonly atMs: number } | null = null;
  return {
    async mayAct() {
      const atMs = nowMs();
      if (known !== null && atMs - known.atMs < FRESH_MS) return known.mayAct;
      known = null;
      try {
        const mayAct = (await read()) === 'run';
        known = { mayAct, atMs };
        return mayAct;
      } catch (error) {
        report(error);
        return false;
      }
    },
  };
}
