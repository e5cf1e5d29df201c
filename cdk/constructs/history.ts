import { Annotations, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-timestream';
import { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import { explain } from '#cdk/function/explain.ts';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';

/** Hours that Timestream takes points for directly; ingest back-fills 455 days through magnetic writes. */
const MEMORY_HOURS = '24';

/** Where footprints are kept: a DynamoDB table or a Timestream table, whichever the configuration says. */
export class History extends Construct {
  /** Name of the table; with Timestream "database/table". */
  readonly place: string;
  readonly kind: Configuration['historyStore'];
  private readonly grant: (target: ForeprintFunction) => void;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    this.kind = configuration.historyStore;
    const store =
      this.kind === 'timestream'
        ? this.createTimestream(configuration)
        : this.createDynamo(configuration);
    this.place = store.place;
    this.grant = store.grant;
  }

  bind(target: ForeprintFunction): void {
    target.setVariable('FOREPRINT_HISTORY_STORE', this.kind);
    target.setVariable('FOREPRINT_HISTORY', this.place);
    this.grant(target);
  }

  private createDynamo({ removeData }: Configuration): HistoryPlace {
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires',
      removalPolicy: removalPolicy(removeData),
    });
    return { place: table.tableName, grant: ({ lambda }) => table.grantReadWriteData(lambda) };
  }

  private createTimestream({ removeData, retention }: Configuration): HistoryPlace {
    Annotations.of(this).addInfo(
      'Amazon Timestream for LiveAnalytics is closed to accounts that are new to it since 2025-06-20; in such an ' +
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
      resource.applyRemovalPolicy(removalPolicy(removeData));
    }
    return {
      place: `${database.ref}/${table.attrName}`,
      grant: (target) => grantTimestream(target, table.attrArn),
    };
  }
}

interface HistoryPlace {
  readonly place: string;
  readonly grant: (target: ForeprintFunction) => void;
}

const removalPolicy = (removeData: boolean): RemovalPolicy =>
  removeData ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

function grantTimestream(target: ForeprintFunction, tableArn: string): void {
  target.allow(
    new PolicyStatement({
      actions: ['timestream:WriteRecords', 'timestream:Select', 'timestream:DescribeTable'],
      resources: [tableArn],
    }),
  );
  target.allow(
    new PolicyStatement({ actions: ['timestream:DescribeEndpoints'], resources: ['*'] }),
  );
}
