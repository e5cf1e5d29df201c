import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ofType, synthesise } from '#test/cdk/synthesise.ts';

const run = promisify(execFile);
const MARK = 'RESULT ';

/** The functions as `cdk synth` bundles them, by the name of their source, each run in a process of its own. */
export function openBundles(environment: Readonly<Record<string, string>>) {
  const { app, resources } = synthesise({});
  const { directory } = app.synth();
  const assetOf = (code: unknown) =>
    path.join(directory, `asset.${path.parse((code as { S3Key: string }).S3Key).name}`);
  const [, layer] = ofType(resources, 'AWS::Lambda::LayerVersion')[0]!;
  const functions = ofType(resources, 'AWS::Lambda::Function');
  const { Variables } = functions[0]![1].Properties['Environment'] as {
    Variables: Record<string, string>;
  };
  const env = {
    PATH: process.env['PATH'] ?? '',
    NODE_PATH: path.join(assetOf(layer.Properties['Content']), 'nodejs', 'node_modules'),
    FOREPRINT_CONFIGURATION: Variables['FOREPRINT_CONFIGURATION'] ?? '',
    AWS_LAMBDA_FUNCTION_NAME: 'foreprint',
    ...environment,
  };

  /** What the handler returns to an event. */
  return async (logicalName: RegExp, event: object): Promise<unknown> => {
    const found = functions.filter(([name]) => logicalName.test(name));
    const [, { Properties }] = found[0]!;
    const script = `const { handler } = require(${JSON.stringify(assetOf(Properties['Code']))});
      const context = { getRemainingTimeInMillis: () => 60000, functionName: 'foreprint' };
      handler(${JSON.stringify(event)}, context).then((result) =>
        console.log('${MARK}' + JSON.stringify(result)));`;
    const { stdout } = await run(process.execPath, ['-e', script], { env, cwd: '/' });
    const line = stdout.split('\n').find((text) => text.startsWith(MARK)) ?? '';
    return JSON.parse(line.slice(MARK.length));
  };
}
