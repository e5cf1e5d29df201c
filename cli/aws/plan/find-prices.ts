import { PricingClient } from '@aws-sdk/client-pricing';
import { instancePrice } from '#adapters/aws/instance-types/instance-price.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import type { PlannedGroup } from './planned-group.ts';

/** The price list API exists in few regions and serves all. */
const PRICE_LIST_REGION = 'us-east-1';

export interface FoundPrices {
  /**
   * US dollars per instance-hour by group. Groups with several instance types, or none, have no
   * price.
   */
  readonly prices: ReadonlyMap<string, number>;
  readonly notices: readonly string[];
}

/**
 * Finds the price of each group's instances. If the price list cannot be read, the plan only shows
 * hours.
 */
export async function findPrices(
  { client, region }: AwsAccount,
  groups: readonly PlannedGroup[],
  priceOption: number | undefined,
): Promise<FoundPrices> {
  if (priceOption !== undefined) {
    return { prices: new Map(groups.map(({ name }) => [name, priceOption])), notices: [] };
  }
  const pricing = new PricingClient({ ...client, region: PRICE_LIST_REGION, maxAttempts: 2 });
  const prices = new Map<string, number>();
  try {
    for (const { name, instanceTypes } of groups) {
      // The price of a task depends on where it runs.
      if (isServiceId(name)) continue;
      const [type] = instanceTypes;
      if (type === undefined || instanceTypes.length > 1) continue;
      const price = await instancePrice(pricing, type, region);
      if (price !== null) prices.set(name, price);
    }
    return { prices, notices: [] };
  } catch (error) {
    const why = awsFailureText(error);
    return { prices, notices: [`prices cannot be read (${why}); use --price`] };
  }
}
