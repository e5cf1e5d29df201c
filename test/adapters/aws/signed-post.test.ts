import { expect, test } from 'vitest';
import { serviceUrl } from '#adapters/aws/signed-post.ts';

test.each([
  ['eu-central-1', 'https://ec2.eu-central-1.amazonaws.com'],
  ['cn-north-1', 'https://ec2.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', 'https://ec2.us-gov-west-1.amazonaws.com'],
  ['us-iso-east-1', 'https://ec2.us-iso-east-1.c2s.ic.gov'],
])('EC2 of %s is asked where its partition has it', (region, url) => {
  expect(serviceUrl('ec2', region)).toBe(url);
});
