import { Annotations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-timestream';
import { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import { explain } from '#cdk/function/explain.ts';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { allowItems } from '#cdk/function/item-access.ts';
import { keepData } from '#cdk/function/keep-data.ts';

/**
 * Hours of Timestream's memory store. Ingestion back-fills older points through magnetic store
 * writes.
 */
const MEMORY_HOURS = '24';

/** The history store: a DynamoDB table or a Timestream table, depending on the configuration. */
export class History extends Construct {
  /** Name of the table; "database/table" for Timestream. */
  readonly location: string;
  readonly kind: Configuration['historyStore'];
  private readonly grant: HistoryTable['grant'];

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    this.kind = configuration.historyStore;
    const store =
      this.kind === 'timestream'
        ? this.createTimestream(configuration)
        : this.createDynamo(configuration);
    this.location = store.location;
    this.grant = store.grant;
  }

  bind(target: ForeprintFunction): void {
    this.bindFor(target, 'write');
  }

  /** Access for a function that only reads. */
  bindRead(target: ForeprintFunction): void {
    this.bindFor(target, 'read');
  }

  private bindFor(target: ForeprintFunction, access: Access): void {
    target.setVariable('FOREPRINT_HISTORY_STORE', this.kind);
    target.setVariable('FOREPRINT_HISTORY', this.location);
    this.grant(target, access);
  }

  private createDynamo({ removeData }: Configuration): HistoryTable {
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires',
      removalPolicy: keepData(removeData),
    });
    return {
      location: table.tableName,
      grant: (target, access) => allowItems(target, table, access),
    };
  }

  private createTimestream({ removeData, retention }: Configuration): HistoryTable {
    Annotations.of(this).addInfo(
      'Amazon Timestream for LiveAnalytics is closed to accounts that did not use it before 2025-06-20; in such an ' +
        'account this deployment fails. Use -c historyStore=dynamodb there.',
    );
    const database = new CfnDatabase(this, 'Database');
    explain(
      database,
      'AwsSolutions-TS3',
      'Footprints are sums of CPU, memory, disk and network use; the key that AWS manages for this account encrypts them.',
    );
    const table = new CfnTable(this, 'Table', {
      databaseName: database.ref,
      magneticStoreWriteProperties: { EnableMagneticStoreWrites: true },
      retentionProperties: {
        MemoryStoreRetentionPeriodInHours: MEMORY_HOURS,
        MagneticStoreRetentionPeriodInDays: String(retention.historyDays),
      },
    });
    for (const resource of [database, table]) {
      resource.applyRemovalPolicy(keepData(removeData));
    }
    return {
      location: `${database.ref}/${table.attrName}`,
      grant: (target, access) => grantTimestream(target, table.attrArn, access),
    };
  }
}

type Access = 'read' | 'write';

interface HistoryTable {
  readonly location: string;
  readonly grant: (target: ForeprintFunction, access: Access) => void;
}

function grantTimestream(target: ForeprintFunction, tableArn: string, access: Access): void {
  const actions = ['timestream:Select', 'timestream:DescribeTable'];
  target.allow(
    new PolicyStatement({
      actions: access === 'write' ? ['timestream:WriteRecords', ...actions] : actions,
      resources: [tableArn],
    }),
  );
  target.allow(
    new PolicyStatement({ actions: ['timestream:DescribeEndpoints'], resources: ['*'] }),
  );
}
