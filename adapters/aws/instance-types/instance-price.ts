import { GetProductsCommand, type PricingClient } from '@aws-sdk/client-pricing';
import * as z from 'zod';

/** A product of the price list, as far as an hourly price in dollars needs it. */
const productSchema = z.object({
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        priceDimensions: z.record(
          z.string(),
          z.object({ unit: z.string(), pricePerUnit: z.object({ USD: z.string() }) }),
        ),
      }),
    ),
  }),
});

/**
 * What an on-demand instance of a type costs in an hour, in US dollars: Linux, shared tenancy, nothing preinstalled. Null
 * where the price list does not have exactly one such price.
 * @throws what the SDK throws.
 */
export async function instancePrice(
  client: PricingClient,
  instanceType: string,
  region: string,
): Promise<number | null> {
  const terms = {
    instanceType,
    regionCode: region,
    operatingSystem: 'Linux',
    tenancy: 'Shared',
    preInstalledSw: 'NA',
    capacitystatus: 'Used',
  };
  const { PriceList = [] } = await client.send(
    new GetProductsCommand({
      ServiceCode: 'AmazonEC2',
      Filters: Object.entries(terms).map(([Field, Value]) => ({
        Type: 'TERM_MATCH',
        Field,
        Value,
      })),
    }),
  );
  const prices = new Set<number>(
    PriceList.flatMap((product: unknown) => hourlyPrices(String(product))),
  );
  const [price] = prices;
  return prices.size === 1 && price !== undefined ? price : null;
}

function hourlyPrices(text: string): readonly number[] {
  const product = productSchema.safeParse(JSON.parse(text));
  if (!product.success) return [];
  return Object.values(product.data.terms.OnDemand)
    .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    .filter(({ unit }) => unit === 'Hrs')
    .map(({ pricePerUnit }) => Number(pricePerUnit.USD))
    .filter((price) => price > 0);
}
