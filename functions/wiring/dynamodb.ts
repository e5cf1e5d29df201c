import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CALL_LIMITS } from './call-limits.ts';
import { reportFailure, traced } from './instruments.ts';

export const dynamodb = traced(new DynamoDBClient(CALL_LIMITS));

/** One item that cannot be read must not stop all other groups. */
export const reportUnreadable = (error: Error): void => reportFailure('unreadable item', error);
