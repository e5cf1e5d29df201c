import { describe, expect, it } from 'vitest';
import { matchClusters } from '#core/clustering/match-clusters.ts';

const previous = [
  { clusterId: 'a', applications: ['1', '2', '3', '4'] },
  { clusterId: 'b', applications: ['5', '6'] },
];

describe('matchClusters', () => {
  it('keeps the identifier where most members stayed and asks for an identifier where a cluster is new', () => {
    const names = matchClusters(
      previous,
      [
        ['5', '6', '7'],
        ['8', '9'],
        ['1', '2', '3'],
      ],
      (index) => `new ${index}`,
    );
    expect(names).toEqual(['b', 'new 1', 'a']);
  });

  it('lets one half of a split cluster keep the identifier', () => {
    const halves = [
      ['1', '2', '3'],
      ['4', '8'],
      ['5', '6'],
    ];
    expect(matchClusters(previous, halves, () => 'new')).toEqual(['a', 'new', 'b']);
  });

  it('gives a cluster a new identifier if it shares too few members with every previous cluster', () => {
    expect(matchClusters(previous, [['1', '7', '8', '9']], () => 'new')).toEqual(['new']);
  });
});
