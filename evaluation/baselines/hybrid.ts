import { wholeInstances, type Baseline } from './baseline.ts';
import { createHarmonicForecast } from './statistics/harmonic-forecast.ts';

const TARGET = 0.7;
/** Utilization at most so far from the target calls for no change [a]. */
const TOLERANCE = 0.1;

/**
 * "Chameleon-like": proactive and reactive decisions in one (Bauer, Herbst, Spinner, Ali-Eldin,
 * Kounev, "Chameleon: A Hybrid, Proactive Auto-Scaling Mechanism on a Level-Playing Field", IEEE
 * TPDS 30, 2019) [paper]. Both scale by thresholds of utilization; forecasts decide while they can
 * be trusted, and reaction is the fallback [paper]. Their forecasters are tBATS and sARIMA; here it
 * is harmonic regression, trusted while its scaled error is below 1 [a]. The thresholds are 0.1
 * around the target [a], and instances are not given back that the forecast wants within the
 * start-up time [a]. Knob: the target.
 */
export const hybrid: Baseline = {
  name: 'chameleon-like',
  knobName: 'target utilization',
  knob: TARGET,
  sweep: [0.5, 0.6, 0.7, 0.8, 0.9, 1],
  steer(context, target) {
    const { demand, warmUpHorizon } = context;
    const seasons = createHarmonicForecast(context);
    const scaled = (need: number, instances: number): number => {
      const utilization = need / instances;
      const isHeld = Math.abs(utilization - target) <= TOLERANCE;
      return isHeld ? instances : wholeInstances(need / target);
    };
    return (step, { desired }) => {
      seasons.advanceTo(step);
      const error = seasons.scaledError();
      const isTrusted = error !== null && error < 1;
      let most: number | null = null;
      for (let k = step; isTrusted && k < step + warmUpHorizon; k++) {
        most = Math.max(most ?? 0, seasons.at(k) ?? 0);
      }
      const need = most ?? demand[step - 1] ?? NaN;
      return Number.isNaN(need) ? null : scaled(need, desired);
    };
  },
};
