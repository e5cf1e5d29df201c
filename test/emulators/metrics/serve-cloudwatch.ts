import { createServer } from 'node:http';
import { GetMetricDataCommand, type GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { closeServer } from '../close-server.ts';
import { listen } from '../listen.ts';
import { readBody } from '../read-body.ts';
import type { Served } from '../served.ts';
import { emulateCloudwatch, type PublishedMetric } from './emulate-cloudwatch.ts';

/** Times are seconds on the wire. */
type Wire = Omit<GetMetricDataCommandInput, 'StartTime' | 'EndTime'> & {
  readonly StartTime: number;
  readonly EndTime: number;
};

/**
 * CloudWatch's GetMetricData on the wire (JSON 1.0). moto has it too, but looks at every stored
 * point for every period that is asked for: a back-fill of two weeks takes it minutes.
 */
export async function serveCloudwatch(published: PublishedMetric): Promise<Served> {
  const { client } = emulateCloudwatch(published);
  const server = createServer((request, response) => {
    void answer().catch((error: unknown) => {
      const __type = error instanceof Error ? error.name : 'InternalFailure';
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type, message: String(error) }));
    });
    async function answer(): Promise<void> {
      const action = String(request.headers['x-amz-target']).split('.')[1];
      const { StartTime, EndTime, ...rest } = JSON.parse(
        (await readBody(request)).toString('utf8'),
      ) as Wire;
      if (action !== 'GetMetricData') throw new Error(`no ${action} here`);
      const { MetricDataResults = [], NextToken } = await client.send(
        new GetMetricDataCommand({
          ...rest,
          StartTime: new Date(StartTime * 1000),
          EndTime: new Date(EndTime * 1000),
        }),
      );
      const results = MetricDataResults.map((result) => ({
        ...result,
        Timestamps: result.Timestamps?.map((time) => time.getTime() / 1000),
      }));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ MetricDataResults: results, NextToken }));
    }
  });
  return { endpoint: await listen(server), close: () => closeServer(server) };
}
