import { Duration } from 'aws-cdk-lib';

/**
 * Age at which an event that was not handled goes to the dead-letter queue. What was right for an
 * older tick may be wrong now, and a lifecycle hook has gone on by itself then.
 */
export const MAX_EVENT_AGE = Duration.minutes(5);
