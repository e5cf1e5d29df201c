import { GetProductsCommand, type PricingClient } from '@aws-sdk/client-pricing';
import * as z from 'zod';

/** The fields of a price list product that an hourly price in US dollars needs. */
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
 * Hourly price of an on-demand instance in US dollars: Linux, shared tenancy, no preinstalled
 * software. Null if the price list does not contain exactly one such price.
 * @throws whatever the SDK throws.
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
