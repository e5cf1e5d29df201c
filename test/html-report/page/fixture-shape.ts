/** Five minutes, in seconds. */
export const STEP = 300;
export const DAY_STEPS = 288;
/** Monday 2026-03-02 00:00 UTC. */
export const START = Date.UTC(2026, 2, 2) / 1000;

/** Expected level at a step, around 1: the shapes differ by application. */
export function shape(kind: number, step: number): number {
  const hour = ((step % DAY_STEPS) / DAY_STEPS) * 24;
  const weekend = Math.floor(step / DAY_STEPS) % 7 >= 5;
  const day = 0.55 + 0.75 * Math.exp(-(((hour - 14) / 4.5) ** 2));
  if (kind === 0) return day * (weekend ? 0.7 : 1);
  if (kind === 1) return hour >= 1 && hour < 4 ? 1.9 : 0.25;
  if (kind === 2) return 0.8 + 0.25 * Math.sin(step / 30) + step / 9000;
  if (kind === 3) return weekend ? 0.15 : 0.3 + (step % 97 === 0 ? 1.4 : 0);
  return day * 0.9 + 0.2;
}
