import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  Table,
  TableEncryption,
  type Attribute,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { allowItems } from '#cdk/function/item-access.ts';
import { keepData } from '#cdk/function/keep-data.ts';

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** A table for profiles, clusters, allocation log and incidents, and a table for handled events. */
export class StateTables extends Construct {
  readonly profiles: Table;
  readonly handledEvents: Table;

  constructor(scope: Construct, id: string, { removeData }: { readonly removeData: boolean }) {
    super(scope, id);
    this.profiles = new Table(this, 'Profiles', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires',
      removalPolicy: keepData(removeData),
    });
    this.handledEvents = new Table(this, 'HandledEvents', {
      partitionKey: text('id'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiration',
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Access for a function that only reads. */
  bindRead(target: ForeprintFunction): void {
    target.setVariable('FOREPRINT_TABLE', this.profiles.tableName);
    allowItems(target, this.profiles, 'read');
  }

  bind(target: ForeprintFunction): void {
    target.setVariable('FOREPRINT_TABLE', this.profiles.tableName);
    allowItems(target, this.profiles, 'write');
  }

  bindHandledEvents(target: ForeprintFunction): void {
    target.setVariable('FOREPRINT_IDEMPOTENCY_TABLE', this.handledEvents.tableName);
    allowItems(target, this.handledEvents, 'write');
  }
}
