import {
  planModes,
  type ModeFigures,
  type ModeRuns,
  type PlannedModes,
} from '#evaluation/account/plan-modes.ts';
import { openEngine, shareTrainings } from './open-engine.ts';

/**
 * Compares the modes of one group in this thread's memory.
 * @param requireGoing throws once the result is not wanted any more.
 */
export async function planTask(
  planned: PlannedModes,
  runs: Pick<ModeRuns, 'runEngine' | 'runPolicy'>,
  requireGoing: () => void,
): Promise<ModeFigures> {
  const trainings = shareTrainings();
  const openPorts = () => {
    requireGoing();
    return openEngine(planned.scenario.demand, trainings);
  };
  return planModes({ ...runs, openPorts }, planned);
}
