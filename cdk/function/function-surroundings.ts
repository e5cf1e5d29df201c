import type { RemovalPolicy } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type {
  HistoryStoreKind,
  ModelArchitecture,
} from '#cdk/configuration/configuration-schema.ts';

/** Properties that all functions of a deployment share. */
export interface FunctionSurroundings {
  readonly deadLetters: Queue;
  readonly logRetentionDays: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly historyStore: HistoryStoreKind;
  readonly modelArchitecture: ModelArchitecture;
  /** Most memory that a function gets. */
  readonly maxMemoryMb: number;
  readonly environment: Record<string, string>;
}
