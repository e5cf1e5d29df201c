import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';
import {
  METRIC_NAMESPACE,
  METRIC_SERVICE,
  type MetricName,
} from '#cdk/configuration/metric-names.ts';

export const logger = new Logger({ serviceName: METRIC_SERVICE });
const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: METRIC_SERVICE });
const tracer = new Tracer({ serviceName: METRIC_SERVICE });

/** A client of the SDK whose calls appear in the trace. */
export function traced<C extends object>(client: C): C {
  return tracer.captureAWSv3Client(client);
}

/** Counts something that alarms and the dashboard look at. */
export function count(name: MetricName, value: number): void {
  metrics.addMetric(name, MetricUnit.Count, value);
}

/** Logs a failure that does not stop the run; it reaches the alarm through the metric. */
export function reportFailure(what: string, error: unknown): void {
  logger.error(what, error instanceof Error ? error : String(error));
  count('FailedApplications', 1);
}

/** A Lambda handler: one trace segment, one log context, metrics flushed whatever happens. */
export function instrument<E, R>(
  name: string,
  handle: (event: E, context: Context) => Promise<R>,
): (event: E, context: Context) => Promise<R> {
  return async (event, context) => {
    logger.addContext(context);
    const parent = tracer.getSegment();
    const segment = parent?.addNewSubsegment(name);
    if (segment) tracer.setSegment(segment);
    try {
      return await handle(event, context);
    } catch (error) {
      if (error instanceof Error) tracer.addErrorAsMetadata(error);
      logger.error(`${name} failed`, error instanceof Error ? error : String(error));
      throw error;
    } finally {
      segment?.close();
      if (parent) tracer.setSegment(parent);
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }
  };
}
