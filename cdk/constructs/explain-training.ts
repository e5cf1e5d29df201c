import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { explainWildcard } from '#cdk/function/explain.ts';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { logicalName } from '#cdk/function/logical-name.ts';
import type { ModelsBucket } from './models-bucket.ts';

/** Acknowledges every wildcard in the role of the training state machine, with its reason. */
export function explainTraining(
  machine: StateMachine,
  {
    functions,
    models,
    fanOuts,
  }: {
    readonly functions: readonly ForeprintFunction[];
    readonly models: ModelsBucket;
    readonly fanOuts: readonly string[];
  },
): void {
  explainWildcard(
    machine,
    '*',
    'Log delivery and X-Ray have no resource-level permissions; nothing else is granted on *.',
  );
  for (const { lambda } of functions) {
    explainWildcard(machine, `<${logicalName(lambda)}.Arn>:*`, 'Any version of this function.');
  }
  explainWildcard(
    machine,
    `arn:<AWS::Partition>:s3:::<${logicalName(models.bucket)}>/*`,
    'The names of lists and results of training runs are not known at deployment.',
  );
  const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${logicalName(machine)}"}]}]}`;
  for (const suffix of [':*', ...fanOuts.map((name) => `/${name}:*`)]) {
    explainWildcard(
      machine,
      `${executions}${suffix}`,
      'A Distributed Map starts and watches executions of its own state machine; their names are random.',
    );
  }
}
