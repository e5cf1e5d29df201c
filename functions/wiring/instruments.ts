import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';
import { METRIC_NAMESPACE, type MetricName } from '#cdk/configuration/metric-names.ts';

/** Read here, because everything else that reads the environment is instrumented by this. */
const serviceName = process.env['FOREPRINT_DEPLOYMENT'] ?? 'foreprint';
export const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName });
const tracer = new Tracer({ serviceName });

/** Adds an SDK client's calls to the trace. */
export function traced<C extends object>(client: C): C {
  return tracer.captureAWSv3Client(client);
}

/** Counts a metric that alarms and the dashboard use. */
export function count(name: MetricName, value: number): void {
  metrics.addMetric(name, MetricUnit.Count, value);
}

/** Logs a failure that does not stop the run, and counts it in the metric of the alarm. */
export function reportFailure(what: string, error: unknown): void {
  logger.error(what, error instanceof Error ? error : String(error));
  count('FailedApplications', 1);
}

/** Wraps a Lambda handler: adds a trace segment and log context, and always flushes metrics. */
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
