import { PricingClient } from '@aws-sdk/client-pricing';
import { expect, it } from 'vitest';
import { instancePrice } from '#adapters/aws/instance-types/instance-price.ts';
import { answerCommands, type SentCommand } from '#test/emulators/answer-commands.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';

/** A product as the price list has it, shortened to what is read. */
const product = (unit: string, USD: string) =>
  JSON.stringify({
    product: { attributes: { instanceType: 'm5.large' } },
    terms: {
      OnDemand: { 'A.B': { priceDimensions: { 'A.B.C': { unit, pricePerUnit: { USD } } } } },
      Reserved: { 'A.D': { priceDimensions: {} } },
    },
  });

async function priceOf(...products: readonly string[]) {
  const client = new PricingClient(LOOPBACK_CREDENTIALS);
  const sent: SentCommand[] = [];
  answerCommands(client, (command) => {
    sent.push(command);
    return { PriceList: products };
  });
  return { price: await instancePrice(client, 'm5.large', 'eu-west-1'), sent };
}

it('requests shared Linux instances of the region and reads the hourly price', async () => {
  const { price, sent } = await priceOf(product('Hrs', '0.1070000000'));
  expect(price).toBe(0.107);
  expect(sent[0]?.input['Filters']).toContainEqual({
    Type: 'TERM_MATCH',
    Field: 'regionCode',
    Value: 'eu-west-1',
  });
});

it('returns null if there is no price, or more than one', async () => {
  expect((await priceOf()).price).toBeNull();
  expect((await priceOf(product('Hrs', '0.0000000000'))).price).toBeNull();
  expect((await priceOf(product('Hrs', '0.1'), product('Hrs', '0.2'))).price).toBeNull();
  expect((await priceOf('{"terms":{}}')).price).toBeNull();
});
