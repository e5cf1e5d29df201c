import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import {
  all,
  cores,
  COUNT,
  filesIn,
  holds,
  imported,
  isoOf,
  list,
  refusal,
  START,
  steps,
  stored,
  wallOf,
} from './import-file.ts';

it('kubectl top has no history, and with times it has', async () => {
  const top = 'NAMESPACE   NAME                   CPU(cores)   MEMORY(bytes)\n';
  const pods = (k: number) =>
    `shop        web-7f9c4d5b6c-abcde   ${cores(k) * 1000}m        128Mi\nshop        web-7f9c4d5b6c-fghij   500m         128Mi\n`;
  const directory = await filesIn({ 'top.txt': top + pods(0) });
  expect(await refusal(directory, 'top.txt')).toContain(
    'says no time; record it: while sleep 60; do date -u +%FT%TZ; kubectl top pods -A; done > top.txt',
  );
  const text = steps(COUNT, (k, s) => `${isoOf(s)}\n${top}${pods(k)}`);
  await holds(['top.txt', text], [], {
    'shop/web': { cpu: all.map((value) => value + 0.5), memory: all.map(() => 2 ** 28) },
  });
});

it('sadf -d: cores from a restart, or asked for', async () => {
  const header = '# hostname;interval;timestamp;CPU;%user;%nice;%system;%iowait;%steal;%idle\n';
  const restart = `web;-1;${wallOf(START)} UTC;LINUX-RESTART\t(4 CPU)\n`;
  const rows = steps(
    COUNT,
    (k, s) => `web;300;${wallOf(s + 300)} UTC;-1;${25 * cores(k)};0;0;0;0;${100 - 25 * cores(k)}`,
  );
  await holds(['sar.csv', `${header}${restart}${rows}\n`], [], { web: { cpu: all } });
  const directory = await filesIn({ 'sar.csv': `${header}${rows}\n` });
  expect(await refusal(directory, 'sar.csv')).toContain(
    'cpu is in percent; try foreprint import sar.csv --unit cpu=percent:4',
  );
  await holds(['sar.csv', `${header}${rows}\n`], ['--unit', 'cpu=percent:4'], {
    web: { cpu: all },
  });
  const network = '# hostname;interval;timestamp;IFACE;rxpck/s;txpck/s;rxkB/s;txkB/s\n';
  const traffic = steps(COUNT, (k, s) =>
    ['lo', 'eth0', 'eth1']
      .map((name) => `web;300;${wallOf(s + 300)} UTC;${name};1;1;${k};1`)
      .join('\n'),
  );
  await holds(['net.csv', `${network}${traffic}\n`], [], {
    web: { network: list((k) => 2 * (k + 1) * 1024) },
  });
});

it('sadf -d: a disk once, whatever stands on it, in sectors of former versions and with commas', async () => {
  const rows = (header: string, devices: readonly string[], of: (k: number) => string) =>
    `# hostname;interval;timestamp;${header}\n${steps(COUNT, (k, s) =>
      devices.map((device) => `web;300;${wallOf(s + 300)};${device}${of(k)}`).join('\n'),
    )}\n`;
  const io = rows('tps;rtps;wtps;bread/s;bwrtn/s', ['1;1;1'], () => ';900;900');
  const disks = ['sda', 'sda1', 'dm-0', 'sdb'];
  const old = rows('DEV;tps;rd_sec/s;wr_sec/s;avgrq-sz', disks, (k) => `;1,50;${k},50;1,00;8,00`);
  await holds(['old.csv', io + old], [], {
    web: { disk: list((k) => 2 * (k + 1.5) * 512) },
  });
  const now = rows('DEV;tps;rkB/s;wkB/s;dkB/s', ['dev8-0', 'dev8-1'], (k) => `;1;${k};1;0`);
  const links = ['eth0', 'docker0', 'veth1', 'eth0.7', 'bond0'];
  const net = rows('IFACE;rxpck/s;txpck/s;rxkB/s;txkB/s', links, (k) => `;1;1;${k};1`);
  const both = list((k) => (k + 1) * 1024);
  await holds(['now.csv', now + net], [], { web: { disk: both, network: both } });
  // Without the disk beneath, what stands on it counts.
  const volume = rows('DEV;tps;rkB/s;wkB/s', ['dm-0'], (k) => `;1;${k};1`);
  await holds(['volume.csv', volume], [], { web: { disk: both } });
});

it('sadf -j: cores are in it', async () => {
  const statistics = list((k, s) => ({
    timestamp: {
      date: isoOf(s + 300).slice(0, 10),
      time: isoOf(s + 300).slice(11, 19),
      utc: 1,
      interval: 300,
    },
    'cpu-load': [
      { cpu: 'all', user: 1, nice: 0, system: 1, iowait: 5, steal: 0, idle: 95 - 25 * cores(k) },
      { cpu: '0', user: 1, nice: 0, system: 1, iowait: 0, steal: 0, idle: 50 },
    ],
    memory: { memfree: 7, avail: 9, memused: k, 'memused-percent': 1 },
    network: { 'net-dev': ['lo', 'eth0', 'veth1'].map((iface) => ({ iface, rxkB: k, txkB: 1 })) },
    disk: ['vda', 'vda1'].map((name) => ({ 'disk-device': name, tps: 1, rkB: k, wkB: 1 })),
  }));
  const host = { nodename: 'web', sysname: 'Linux', 'number-of-cpus': 4, statistics };
  await holds(['sar.json', JSON.stringify({ sysstat: { hosts: [host] } })], [], {
    web: {
      cpu: all,
      memory: list((k) => k * 1024),
      network: list((k) => (k + 1) * 1024),
      disk: list((k) => (k + 1) * 1024),
    },
  });
});

it('collectd csv', async () => {
  const directory = await filesIn({});
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(directory, 'c', path)), { recursive: true });
    await writeFile(join(directory, 'c', path), text);
  };
  for (const type of ['user', 'system', 'idle']) {
    await write(
      `web/cpu-0/cpu-${type}-2026-01-05`,
      `epoch,value\n${steps(COUNT, (k, s) => `${s}.123,${50 * cores(k)}`)}\n`,
    );
  }
  await write(
    'web/interface-eth0/if_octets-2026-01-05',
    `epoch,rx,tx\n${steps(COUNT, (k, s) => `${s}.123,${k},10`)}\n`,
  );
  await imported(directory, 'c');
  const { web } = await stored(directory);
  expect([web?.cpu?.values, web?.network?.values]).toEqual([all, list((k) => k + 10)]);
});

it('Netdata CSV, newest first, with null', async () => {
  const header = 'time,guest_nice,guest,steal,softirq,irq,user,system,nice,iowait';
  const rows = steps(COUNT, (k, s) =>
    k === 2
      ? `${wallOf(s)}${',null'.repeat(9)}`
      : `${wallOf(s)},0,0,0,0,0,${25 * cores(k) - 5},5,0,3`,
  );
  const csv = `${header}\n${rows.split('\n').reverse().join('\n')}\n`;
  const measured = all.map((value, k) => (k === 2 ? NaN : value));
  await holds(['web.csv', csv], ['--unit', 'cpu=percent:4'], { web: { cpu: measured } });
  const directory = await filesIn({ 'web.csv': csv });
  expect(await refusal(directory, 'web.csv')).toContain('--unit cpu=percent:4');
});

it('Influx line protocol', async () => {
  const rows = steps(
    COUNT,
    (k, s) =>
      `cpu,cpu=cpu-total,host=web usage_idle=${100 - 25 * cores(k)},usage_user=${25 * cores(k)} ${s}000000000\n` +
      `cpu,cpu=cpu0,host=web usage_idle=1,usage_user=99 ${s}000000000\n` +
      `mem,host=web used=${k}i,available=7i ${s}000000000`,
  );
  await holds(['metrics.lp', `${rows}\n`], ['--unit', 'cpu=percent:4'], {
    web: { cpu: all, memory: list((k) => k) },
  });
  const directory = await filesIn({ 'metrics.lp': rows });
  expect(await refusal(directory, 'metrics.lp')).toContain('--unit cpu=percent:4');
});

it('Influx annotated CSV', async () => {
  const head = [
    '#group,false,false,true,true,false,false,true,true,true',
    '#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string',
    '#default,_result,,,,,,,,',
    ',result,table,_start,_stop,_time,_value,_field,_measurement,host',
  ].join('\r\n');
  const table = (host: string) =>
    `${head}\r\n${steps(COUNT, (k, s) => `,,0,${isoOf(START)},${isoOf(START)},${isoOf(s)},${100 - 25 * cores(k)},usage_idle,cpu,${host}\r`)}\n`;
  await holds(['influx.csv', `${table('web')}\r\n${table('api')}`], ['--unit', 'cpu=percent:4'], {
    web: { cpu: all },
    api: { cpu: all },
  });
});

it('Google 2019: instances are added up', async () => {
  const header = 'start_time,end_time,collection_id,instance_index,machine_id,average_usage';
  const rows = steps(COUNT, (k, s) => {
    const start = (s - START + 600) * 1e6;
    return [0, 1]
      .map(
        (i) => `${start},${start + 3e8},394,${i},1,"{'cpus': ${cores(k) / 128}, 'memory': 0.01}"`,
      )
      .join('\n');
  });
  const csv = `${header}\n${rows}\n`;
  const directory = await filesIn({ 'usage.csv': csv });
  expect(await refusal(directory, 'usage.csv')).toContain('usage.csv: cpus is a share');
  await imported(directory, 'usage.csv', '--unit', 'cpu=share:64,memory=share:100GB');
  const found = await stored(directory);
  const { cpu, memory } = found['394']!;
  cpu!.values.forEach((value, k) => expect(value).toBeCloseTo(cores(k), 6));
  memory!.values.forEach((value) => expect(value).toBeCloseTo(2e9));
  expect(START + cpu!.from).toBe(Date.UTC(2019, 4, 1, 7) / 1000);
});

it('Azure V2, packed: cores are asked for, columns may be named', async () => {
  const rows = steps(COUNT, (k, s) => `${s - START},vm0q0e7+/ix,1.5,99.0,${25 * cores(k)}`);
  const directory = await filesIn({ 'azure.csv.gz': gzipSync(`${rows}\n`) });
  expect(await refusal(directory, 'azure.csv.gz')).toContain(
    'cpu is in percent; try foreprint import azure.csv.gz --unit cpu=percent:4',
  );
  await imported(directory, 'azure.csv.gz', '--unit', 'cpu=percent:4');
  const expected = { from: Date.UTC(2019, 6, 1) / 1000 - START, step: 300, values: all };
  expect((await stored(directory))['vm0q0e7+/ix']).toEqual({ cpu: expected });
  const columns = ['--columns', 'timestamp,application_id,-,-,cpu', '--epoch', '2019-07-01'];
  const again = ['--unit', 'cpu=percent:4', '--store', 'b/.foreprint'];
  await imported(directory, 'azure.csv.gz', ...columns, ...again);
  expect((await stored(join(directory, 'b')))['vm0q0e7+/ix']).toEqual({ cpu: expected });
});

it('Alibaba 2018', async () => {
  const rows = steps(
    COUNT,
    (k, s) => `m_1932,${s - START},${k === 2 ? 101 : 10 * cores(k)},92,,,43.04,33.08,5`,
  );
  const directory = await filesIn({ 'machine_usage.csv': `${rows}\n` });
  const percent = 'try foreprint import machine_usage.csv --unit cpu=percent:4';
  expect(await refusal(directory, 'machine_usage.csv')).toContain(percent);
  await imported(directory, 'machine_usage.csv', '--unit', 'cpu=percent:96');
  const { cpu, memory } = (await stored(directory))['m_1932']!;
  expect(memory).toBeUndefined();
  cpu!.values.forEach((value, k) => {
    if (k === 2) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(9.6 * cores(k), 6);
  });
});

it('GWA-T-12 directories are read as before, other directories as their files', async () => {
  const row = (k: number, s: number) => `${isoOf(s)},${cores(k)}`;
  const directory = await filesIn({});
  await mkdir(join(directory, 'hosts'));
  await writeFile(join(directory, 'hosts', 'web.csv'), `time,used\n${steps(COUNT, row)}\n`);
  await writeFile(join(directory, 'hosts', 'api.csv'), `time,used\n${steps(COUNT, row)}\n`);
  await imported(directory, 'hosts', '--map', 'timestamp=time,cpu=used');
  const found = await stored(directory);
  expect([found['web']?.cpu?.values, found['api']?.cpu?.values]).toEqual([all, all]);
});
