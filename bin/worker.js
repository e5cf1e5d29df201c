/**
 * What a worker thread of the command line runs; one export per task, loaded when it is first
 * wanted. A task gets its input and a flag that is raised when nobody wants the result any more.
 */
import { register } from 'tsx/esm/api';

register();

const goingOn = (stop) => () => {
  if (Atomics.load(stop, 0) !== 0) throw new Error('the work was stopped');
};

export async function train({ input, stop }) {
  goingOn(stop)();
  return (await import('#cli/worker-tasks/train-task.ts')).trainTask(input);
}

export async function replay({ input, stop }) {
  goingOn(stop)();
  return (await import('#cli/worker-tasks/replay-task.ts')).replayTask(input, goingOn(stop));
}

export async function forecast({ input, stop }) {
  goingOn(stop)();
  return (await import('#cli/worker-tasks/forecast-task.ts')).forecastTask(input);
}
