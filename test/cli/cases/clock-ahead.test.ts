import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

const STEP = 300;
/** Shortly before the clock of `runInProcess`. */
const START = Date.UTC(2026, 4, 31, 12) / 1000;
const FUTURE = Date.UTC(2027, 5, 1) / 1000;

function rows(fromSeconds: number, count: number, cpu: number): string {
  const lines = Array.from({ length: count }, (_, k) => {
    const at = new Date((fromSeconds + k * STEP) * 1000).toISOString();
    return `z,${at},${cpu}\n`;
  });
  return `application_id,timestamp,cpu\n${lines.join('')}`;
}

async function files() {
  const directory = await temporaryDirectory();
  const store = join(directory, 'store');
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text);
    return join(directory, name);
  };
  const past = await write('past.csv', rows(START, 100, 2));
  const future = await write('future.csv', rows(FUTURE, 6, 2));
  const surge = await write('surge.csv', rows(START + 100 * STEP, 43, 50));
  return { store, past, future, surge };
}

describe('a clock that was ahead once', () => {
  it('hides no surge: what lies in the future is set aside at import', async () => {
    const { store, past, future, surge } = await files();
    expect((await runInProcess('import', past, '--store', store)).status).toBe(0);
    await runInProcess('monitor', '--once', '--store', store);
    const ahead = await runInProcess('import', future, '--store', store);
    expect(ahead.status).toBe(0);
    expect(ahead.stderr).toContain('set aside: 6 points of z that lie in the future, up to 2027');
    await runInProcess('monitor', '--once', '--store', store);
    await runInProcess('import', surge, '--store', store);
    const { status, stdout } = await runInProcess('monitor', '--once', '--store', store);
    expect(status).toBe(0);
    expect(stdout).toContain('2026-05-31 23:50');
  });

  it('keeps an application that has only a future, and says so', async () => {
    const { store, future } = await files();
    const { status, stdout, stderr } = await runInProcess('import', future, '--store', store);
    expect(status).toBe(0);
    expect(stdout).toContain('6 points of 1 application ');
    expect(stderr).toContain('all points of z lie in the future');
  });

  it('blinds no monitoring where a state of the future was stored already', async () => {
    const { store, past, surge } = await files();
    await runInProcess('import', past, surge, '--store', store);
    await runInProcess('monitor', '--once', '--store', store);
    const open = await openLocalStore(store);
    const state = (await open.incidents.state('z'))!;
    const { detector } = state;
    const ahead = { ...detector, lastSeconds: FUTURE, lastPointSeconds: FUTURE };
    await open.incidents.save('z', { ...state, lastStepSeconds: FUTURE, detector: ahead }, []);
    await open.close();
    const { stdout } = await runInProcess('monitor', '--once', '--store', store);
    expect(stdout).toContain('2026-05-31 23:50');
    const again = await runInProcess('monitor', '--once', '--store', store);
    expect(again.stderr).toContain('nothing new was measured');
  });
});
