import type { TrainerResult, TrainingJob } from '#core/training/trainer.ts';
import type { ModeFigures, PlannedModes } from '#evaluation/account/plan-modes.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import type { ReplayedApplication } from '#evaluation/replay/summarize-run.ts';
import type { ForecastJob, SeriesForecast } from './forecast-job.ts';

/** What a task of a thread gets: its input, and a flag that is raised when nobody wants the result. */
interface Task<Input> {
  readonly input: Input;
  readonly stop: Int32Array;
}

// One export per task, loaded when it is first wanted.

export async function train({ input, stop }: Task<TrainingJob>): Promise<TrainerResult> {
  goingOn(stop)();
  return (await import('./train-task.ts')).trainTask(input, goingOn(stop));
}

export async function replay({ input, stop }: Task<ReplayJob>): Promise<ReplayedApplication> {
  goingOn(stop)();
  return (await import('./replay-task.ts')).replayTask(input, goingOn(stop));
}

export async function forecast({ input, stop }: Task<ForecastJob>): Promise<SeriesForecast> {
  goingOn(stop)();
  return (await import('./forecast-task.ts')).forecastTask(input);
}

export async function plan({ input, stop }: Task<PlannedModes>): Promise<ModeFigures> {
  goingOn(stop)();
  const [{ planModes }, { runEngine, runPolicy }, { openEngine, shareTrainings }] =
    await Promise.all([
      import('#evaluation/account/plan-modes.ts'),
      import('#evaluation/account/account-runs.ts'),
      import('./open-engine.ts'),
    ]);
  const trainings = shareTrainings();
  const openPorts = () => {
    goingOn(stop)();
    return openEngine(input.scenario.demand, trainings);
  };
  return planModes({ runEngine, runPolicy, openPorts }, input);
}

const goingOn = (stop: Int32Array) => () => {
  if (Atomics.load(stop, 0) !== 0) throw new Error('the work was stopped');
};
