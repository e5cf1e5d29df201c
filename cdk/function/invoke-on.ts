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
 * Minutes after a period of metrics has ended. Metrics are read once they are complete, which
 * takes three minutes; what decides by them comes a minute later, whenever the stack was deployed.
 */
export const RUN_MINUTE = { ingest: 3, decide: 4, others: 0 } as const;

interface Repetition {
  readonly minutes: number;
  /** One of `RUN_MINUTE`. */
  readonly at: number;
  /** Number of invocations that share the groups of a run; 1 where absent. */
  readonly parts?: number;
}

/**
 * Invokes a function every few minutes of the hour, at the minutes that its place in the chain has.
 * A missed run is not repeated, because the next run covers it.
 */
export function invokeEvery(
  target: ForeprintFunction,
  { minutes, at, parts = 1 }: Repetition,
): Rule {
  const rule = new Rule(target, 'Schedule', { schedule: scheduleOf(minutes, at) });
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

/** An interval that does not divide the hour has no minutes of its own: it runs as it comes. */
function scheduleOf(minutes: number, at: number): Schedule {
  if (60 % minutes !== 0) return Schedule.rate(Duration.minutes(minutes));
  const first = String(at % minutes);
  return Schedule.cron({ minute: minutes === 60 ? first : `${first}/${minutes}` });
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
