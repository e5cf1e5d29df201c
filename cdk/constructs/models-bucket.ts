import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { explain, explainWildcard } from '#cdk/function/explain.ts';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { keepData } from '#cdk/function/keep-data.ts';
import { logicalName } from '#cdk/function/logical-name.ts';

/**
 * Model files under `models/` by content hash; lists and results of training runs under `runs/` for
 * a month.
 */
export class ModelsBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { removeData }: { readonly removeData: boolean }) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: keepData(removeData),
      lifecycleRules: [
        { prefix: 'runs/', expiration: Duration.days(30) },
        {
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    explain(
      bucket,
      'AwsSolutions-S1',
      'Only functions of this stack reach the bucket and each logs what it reads and writes; model files are verified ' +
        'by content hash before use. Access logs would cost more than the models.',
    );
    // The CDK's class and interface differ in an optional property under
    // exactOptionalPropertyTypes.
    this.bucket = bucket as IBucket;
  }

  bindRead(target: ForeprintFunction): void {
    this.bind(target, ['s3:GetObject'], 'models/*');
  }

  bindReadWrite(target: ForeprintFunction): void {
    this.bind(target, ['s3:GetObject', 's3:PutObject'], 'models/*');
  }

  /** Access to the lists of applications of training runs. */
  bindRuns(target: ForeprintFunction): void {
    this.bind(target, ['s3:PutObject'], 'runs/*');
  }

  /** Access to the lists, results and summaries of training runs. */
  bindResults(target: ForeprintFunction): void {
    this.bind(target, ['s3:GetObject', 's3:PutObject'], 'runs/*');
  }

  private bind(target: ForeprintFunction, actions: string[], keys: string): void {
    target.setVariable('FOREPRINT_MODELS_BUCKET', this.bucket.bucketName);
    target.allow(new PolicyStatement({ actions, resources: [this.bucket.arnForObjects(keys)] }));
    // Without this permission S3 reports a missing object as access denied.
    target.allow(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
    );
    explainWildcard(
      target,
      `<${logicalName(this.bucket)}.Arn>/${keys}`,
      'Object names are content hashes or names of runs, which are not known at deployment.',
    );
  }
}
