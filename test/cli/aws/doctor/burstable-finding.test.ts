import { expect, it } from 'vitest';
import { burstableFinding } from '#cli/aws/doctor/burstable-finding.ts';

const instances = (...types: readonly string[]) => ({
  Instances: types.map((InstanceType) => ({ InstanceType })),
});

it('names burstable types, whose vCPUs are not there all the time', () => {
  const found = burstableFinding(
    'shop',
    instances('t3.small', 'm7i.large', 't4g.micro', 't3.small'),
  );
  expect(found).toMatchObject({ group: 'shop', status: 'warning', run: null });
  expect(found?.text).toMatch(/^t3\.small, t4g\.micro: .*foreprint:target/);
});

it('says nothing of other types, Trainium included', () => {
  expect(burstableFinding('shop', instances('m7i.large', 'trn1.2xlarge'))).toBeNull();
  expect(burstableFinding('shop', {})).toBeNull();
});
