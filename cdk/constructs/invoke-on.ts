import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { ForeprintFunction } from './foreprint-function.ts';

/** Retries of a delivery that fails; older events are dead letters. */
const MAX_EVENT_AGE = Duration.minutes(15);

/** Invokes a function every so many minutes. A missed run is not repeated: the next one makes up for it. */
export function invokeEvery(target: ForeprintFunction, minutes: number): Rule {
  const rule = new Rule(target, 'Schedule', { schedule: Schedule.rate(Duration.minutes(minutes)) });
  return invokeBy(rule, target, 2);
}

/** Invokes a function for every event that fits a pattern. */
export function invokeOn(target: ForeprintFunction, id: string, eventPattern: EventPattern): Rule {
  return invokeBy(new Rule(target, id, { eventPattern }), target, 10);
}

function invokeBy(rule: Rule, { lambda, deadLetters }: ForeprintFunction, retries: number): Rule {
  rule.addTarget(
    new LambdaTarget(lambda, {
      deadLetterQueue: deadLetters,
      retryAttempts: retries,
      maxEventAge: MAX_EVENT_AGE,
    }),
  );
  return rule;
}
