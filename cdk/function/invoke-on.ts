import { Duration } from 'aws-cdk-lib';
import {
  EventField,
  Rule,
  RuleTargetInput,
  Schedule,
  type EventPattern,
} from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { MAX_EVENT_AGE } from './event-age.ts';
import type { ForeprintFunction } from './foreprint-function.ts';

/**
 * Invokes a function every few minutes. A missed run is not repeated, because the next run covers
 * it.
 * @param parts number of invocations that share the groups of a run.
 */
export function invokeEvery(target: ForeprintFunction, minutes: number, parts = 1): Rule {
  const rule = new Rule(target, 'Schedule', { schedule: Schedule.rate(Duration.minutes(minutes)) });
  if (parts === 1) return invokeBy(rule, target, { retries: 0 });
  for (let part = 0; part < parts; part++) {
    const event = RuleTargetInput.fromObject({
      'detail-type': 'Scheduled Event',
      time: EventField.time,
      part,
      parts,
    });
    invokeBy(rule, target, { retries: 0, event });
  }
  return rule;
}

/** Invokes a function for every event that matches a pattern. */
export function invokeOn(target: ForeprintFunction, id: string, eventPattern: EventPattern): Rule {
  return invokeBy(new Rule(target, id, { eventPattern }), target, { retries: 10 });
}

function invokeBy(
  rule: Rule,
  { lambda, deadLetters }: ForeprintFunction,
  { retries, event }: { readonly retries: number; readonly event?: RuleTargetInput },
): Rule {
  rule.addTarget(
    new LambdaTarget(lambda, {
      deadLetterQueue: deadLetters,
      retryAttempts: retries,
      maxEventAge: MAX_EVENT_AGE,
      ...(event && { event }),
    }),
  );
  return rule;
}
