/** What a worker thread of the command line runs; one export per task, loaded when it is first wanted. */
import { register } from 'tsx/esm/api';

register();

export const train = async (job) =>
  (await import('../core/train/train-in-process.ts')).trainInProcess(job);
export const replay = async (job) => (await import('../cli/work/replay-task.ts')).replayTask(job);
export const forecast = async (job) =>
  (await import('../cli/work/forecast-task.ts')).forecastTask(job);
export const score = async (job) => (await import('../cli/work/score-task.ts')).scoreTask(job);
