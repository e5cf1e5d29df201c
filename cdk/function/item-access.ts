import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ForeprintFunction } from './foreprint-function.ts';

const READ = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** Allows a function the calls that the stores make, on one table. */
export function allowItems(
  target: ForeprintFunction,
  { tableArn }: Table,
  access: 'read' | 'write',
): void {
  const actions = access === 'read' ? READ : [...READ, ...WRITE];
  target.allow(new PolicyStatement({ actions, resources: [tableArn] }));
}
