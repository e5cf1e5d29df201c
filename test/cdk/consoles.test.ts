import { RegionInfo } from 'aws-cdk-lib/region-info';
import { expect, it } from 'vitest';
import { ofType, synthesise } from './synthesise.ts';

const { resources, template } = synthesise({});

const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/** The variable with a message's link as CloudFormation resolves it in a region. */
function linkIn(region: string, partition: string): string {
  const [link] = ofType(resources, 'AWS::Lambda::Function').flatMap(([, { Properties }]) => {
    const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
    return Variables['FOREPRINT_DASHBOARD_URL'] ?? [];
  });
  const mappings = template.toJSON()['Mappings'];
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': region,
    'AWS::Partition': partition,
  };
  const resolve = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const [[name, of] = []] = Object.entries(value as Readonly<Record<string, unknown>>);
    if (name === 'Ref') return pseudo[String(of)] ?? `no ${String(of)}`;
    const parts = of as readonly unknown[];
    if (name === 'Fn::Join') return (parts[1] as readonly unknown[]).map(resolve).join('');
    const [map, key, attribute] = parts.map(resolve);
    return mappings[map!]?.[key!]?.[attribute!] ?? `no ${key} in ${map}`;
  };
  return resolve(link);
}

it.each([
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
])('messages of %s link to a console that its people can open', (region, partition) => {
  const link = linkIn(region, partition);
  const { host, searchParams, hash } = new URL(link);
  expect(host).toBe(`${region}.${CONSOLES[partition]}`);
  expect(searchParams.get('region')).toBe(region);
  expect(hash).toMatch(new RegExp(`^#dashboards/dashboard/Foreprint-${region}-\\w{8}$`));
});

it('no region’s deployment fails because its partition has no console', () => {
  const regions = RegionInfo.regions.map(({ name, partition }) => [name, partition ?? ''] as const);
  expect(new Set(regions.map(([, partition]) => partition)).size).toBeGreaterThan(7);
  const links = regions.map(([region, partition]) => linkIn(region, partition));
  expect(links.filter((link) => /\bno aws/.test(link) || !URL.canParse(link))).toEqual([]);
});
