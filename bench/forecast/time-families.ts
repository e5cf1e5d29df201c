import type { ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';

/** Seconds of CPU per family's name. */
export type FamilyTimes = Map<string, number>;

/** The same families, whose fits and forecasts in cross-validation are added to `times`. */
export function timedFamilies(
  families: readonly ModelFamily[],
  times: FamilyTimes,
): readonly ModelFamily[] {
  return families.map((family) => {
    const { name } = family;
    const timed = <T>(work: () => T): T => {
      const used = process.cpuUsage();
      const result = work();
      times.set(name, (times.get(name) ?? 0) + cpuSecondsSince(used));
      return result;
    };
    return {
      ...family,
      fit: (series, shape) => {
        const fit = timed(() => family.fit(series, shape));
        return fit.kind === 'fitted' ? { ...fit, model: timedModel(fit.model, timed) } : fit;
      },
    };
  });
}

function timedModel(model: RawModel, timed: <T>(work: () => T) => T): RawModel {
  const { refit, roll } = model;
  return {
    ...model,
    forecastInto: (history, origin, out) =>
      timed(() => {
        model.forecastInto(history, origin, out);
      }),
    ...(refit && {
      refit: (series) =>
        timedModel(
          timed(() => refit(series)),
          timed,
        ),
    }),
    ...(roll && {
      roll: (values, steps) => {
        const rolling = timed(() => roll(values, steps));
        return (end, out) =>
          timed(() => {
            rolling(end, out);
          });
      },
    }),
  };
}
