import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { inputErrorOf } from '#test/adapters/local/input-files.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

/** As the archive's files have it, tabs and wrong unit included. */
const HEADER =
  'Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\tCPU usage [%];\tMemory capacity provisioned [KB];\tMemory usage [KB];\tDisk read throughput [KB/s];\tDisk write throughput [KB/s];\tNetwork received throughput [KB/s];\tNetwork transmitted throughput [KB/s]';
const START = 1_375_308_000;

async function gwaDirectory(files: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [name, lines] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), lines.join('\n') + '\n');
  }
  return directory;
}

const line = (seconds: number, mhz = 1000) =>
  `${seconds};\t4;\t10000.0;\t${mhz};\t10.0;\t8388608.0;\t2097152.0;\t1.5;\t2.5;\t0.25;\t0.5`;

describe('readTrace of a GWA-T-12 directory', () => {
  it('converts cores, kilobytes and seconds', async () => {
    const directory = await gwaDirectory({
      '7.csv': [HEADER, line(START), line(START + 300, 2500)],
    });
    const trace = await readTrace([directory]);
    expect(trace).toMatchObject({ startSeconds: START, stepSeconds: 300, steps: 2, notices: [] });
    expect(trace.applications[0]?.applicationId).toBe('7');
    const { values } = trace.applications[0]!.window;
    expect([...values.cpu]).toEqual([0.4, 1]);
    expect(values.memory[0]).toBe(2 * 1024 ** 3);
    expect(values.disk[0]).toBe(4096);
    expect(values.network[0]).toBe(768);
  });

  it('takes large times for milliseconds', async () => {
    const directory = await gwaDirectory({
      '7.csv': [HEADER, line(START * 1000), line((START + 300) * 1000)],
    });
    expect(await readTrace([directory])).toMatchObject({ startSeconds: START, stepSeconds: 300 });
  });

  it('takes a machine over several months for one application', async () => {
    const directory = await gwaDirectory({
      '2013-10/1.csv': [HEADER, line(START + 600, 3000)],
      '2013-9/1.csv': [HEADER, line(START + 300, 2000)],
      '2013-9/2.csv': [HEADER, line(START, 1000)],
    });
    const trace = await readTrace([directory]);
    expect(trace.applications.map((a) => a.applicationId)).toEqual(['1', '2']);
    expect([...trace.applications[0]!.window.values.cpu]).toEqual([NaN, 0.8, 1.2]);
    expect(trace.notices).toEqual([]);
  });

  it('tells machines of the same name in different parts of the trace apart', async () => {
    const directory = await gwaDirectory({
      'fastStorage/2013-8/1.csv': [HEADER, line(START)],
      'rnd/2013-7/1.csv': [HEADER, line(START)],
    });
    const trace = await readTrace([directory]);
    expect(trace.applications.map((a) => a.applicationId)).toEqual(['fastStorage/1', 'rnd/1']);
  });

  it('has no cpu where nothing was provisioned', async () => {
    const off = `${START};\t0;\t0.0;\t0.0;\t0.0;\t0.0;\t0.0;\t0.0;\t0.0;\t0.0;\t0.0`;
    const trace = await readTrace([await gwaDirectory({ '1.csv': [HEADER, off] })]);
    expect(trace.applications[0]!.window.values.cpu[0]).toBeNaN();
    expect(trace.applications[0]!.window.values.memory[0]).toBe(0);
  });

  it('refuses a directory without CSV files', async () => {
    const directory = await gwaDirectory({ 'readme.txt': ['nothing'] });
    const error = await inputErrorOf(readTrace([directory]));
    expect(error.message).toContain('a directory without CSV files');
  });

  it('refuses files that are not of that trace', async () => {
    const directory = await gwaDirectory({
      '1.csv': [HEADER, line(START)],
      '2.csv': ['application_id;timestamp;cpu', 'a;2026-01-01;1'],
    });
    const error = await inputErrorOf(readTrace([directory]));
    expect([error.file, error.column]).toEqual([join(directory, '2.csv'), 'timestamp [ms]']);
  });

  it.each(['-5', '1.5', 'x', '99999999999999999999'])('refuses %s as a time', async (time) => {
    const bad = line(START).replace(String(START), time);
    const error = await inputErrorOf(readTrace([await gwaDirectory({ '1.csv': [HEADER, bad] })]));
    expect(error.problem).toBe(`"${time}" is not a Unix time in whole seconds or milliseconds`);
  });

  it('names file, line and column of a bad cell', async () => {
    const bad = line(START + 300).replace('2.5', 'fast');
    const directory = await gwaDirectory({
      '1.csv': [HEADER, line(START)],
      '2.csv': [HEADER, line(START), bad],
    });
    const error = await inputErrorOf(readTrace([directory]));
    expect(error.message).toBe(
      `${join(directory, '2.csv')}: line 3, column disk write throughput [kb/s]: "fast" is not a number`,
    );
  });
});
