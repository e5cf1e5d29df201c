import { RemovalPolicy } from 'aws-cdk-lib';

/**
 * Removal policy of what holds the owner's data. Data outlive the stack unless they are to be
 * removed; what a first deployment created before it failed holds none and is removed with it.
 */
export function keepData(removeData: boolean): RemovalPolicy {
  return removeData ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}
