import { PricingClient } from '@aws-sdk/client-pricing';
import { instancePrice } from '#adapters/aws/instance-types/instance-price.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import type { PlannedGroup } from './planned-group.ts';

/** The price list is served in few regions, for all of them. */
const PRICE_LIST_REGION = 'us-east-1';

export interface FoundPrices {
  /** US dollars an instance-hour by group; groups that run several types, or none, have no one price. */
  readonly prices: ReadonlyMap<string, number>;
  readonly notices: readonly string[];
}

/** What instances of groups cost, as far as the price list can be read: without it a plan tells hours only. */
export async function findPrices(
  { client, region }: AwsAccount,
  groups: readonly PlannedGroup[],
  given: number | undefined,
): Promise<FoundPrices> {
  if (given !== undefined) {
    return { prices: new Map(groups.map(({ name }) => [name, given])), notices: [] };
  }
  const pricing = new PricingClient({ ...client, region: PRICE_LIST_REGION, maxAttempts: 2 });
  const prices = new Map<string, number>();
  try {
    for (const { name, instanceTypes } of groups) {
      const [type] = instanceTypes;
      if (type === undefined || instanceTypes.length > 1) continue;
      const price = await instancePrice(pricing, type, region);
      if (price !== null) prices.set(name, price);
    }
    return { prices, notices: [] };
  } catch (error) {
    const why = awsFailureText(error);
    return { prices, notices: [`prices cannot be read (${why}); --price tells one`] };
  }
}
