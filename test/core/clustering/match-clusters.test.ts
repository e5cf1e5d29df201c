import { describe, expect, it } from 'vitest';
import { clusterNames, matchClusters } from '#core/clustering/match-clusters.ts';

const previous = [
  { clusterId: 'a', applications: ['1', '2', '3', '4'] },
  { clusterId: 'b', applications: ['5', '6'] },
];

describe('matchClusters', () => {
  it('keeps the identifier where most members stayed and names what is new', () => {
    const names = matchClusters(
      previous,
      [
        ['5', '6', '7'],
        ['8', '9'],
        ['1', '2', '3'],
      ],
      () => 'new',
    );
    expect(names).toEqual(['b', 'new', 'a']);
  });

  it('lets only one half of a split cluster go on under its name', () => {
    const halves = [
      ['1', '2', '3'],
      ['4', '8'],
      ['5', '6'],
    ];
    expect(matchClusters(previous, halves, () => 'new')).toEqual(['a', 'new', 'b']);
  });

  it('does not call a cluster by the name of one with which it shares next to nothing', () => {
    expect(matchClusters(previous, [['1', '7', '8', '9']], () => 'new')).toEqual(['new']);
  });
});

describe('clusterNames', () => {
  it('never repeats a name, not within a run, not of a cluster that is there, not in a later run', () => {
    const first = clusterNames(1_600_000_000, ['cluster-20200913T1226-2']);
    const names = [first(), first(), clusterNames(1_600_086_400, [])()];
    expect(names).toEqual([
      'cluster-20200913T1226-1',
      'cluster-20200913T1226-3',
      'cluster-20200914T1226-1',
    ]);
  });
});
