import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { FunctionSurroundings } from '#cdk/function/function-surroundings.ts';
import type { History } from './history.ts';
import type { KillSwitch } from './kill-switch.ts';
import type { ModelsBucket } from './models-bucket.ts';
import type { StateTables } from './state-tables.ts';

/** Resources that the functions' constructs share. */
export interface Stores {
  readonly surroundings: FunctionSurroundings;
  readonly history: History;
  readonly state: StateTables;
  readonly models: ModelsBucket;
  readonly killSwitch: KillSwitch;
  readonly onnxruntime: ILayerVersion;
}
