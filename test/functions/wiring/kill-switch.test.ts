import { describe, expect, test } from 'vitest';
import { createKillSwitch } from '#functions/wiring/kill-switch.ts';

function switchSaying(first: string | Error | undefined) {
  const state = { says: first, nowMs: 0, reads: 0, errors: 0 };
  const killSwitch = createKillSwitch(
    async () => {
      state.reads++;
      if (state.says instanceof Error) throw state.says;
      return state.says;
    },
    () => state.nowMs,
    () => state.errors++,
  );
  return { state, killSwitch };
}

describe('the kill switch', () => {
  test('allows actions while its value is "run", and is read at most twice a minute', async () => {
    const { state, killSwitch } = switchSaying('run');
    for (state.nowMs = 0; state.nowMs < 60_000; state.nowMs += 1000) {
      expect(await killSwitch.mayAct()).toBe(true);
    }
    expect(state.reads).toBe(2);
  });

  test('stops within a minute', async () => {
    const { state, killSwitch } = switchSaying('run');
    await killSwitch.mayAct();
    state.says = 'stop';
    state.nowMs = 59_000;
    expect(await killSwitch.mayAct()).toBe(false);
  });

  test.each(['stop', '', 'RUN', undefined])('stops when its value is %j', async (says) => {
    expect(await switchSaying(says).killSwitch.mayAct()).toBe(false);
  });

  test('is read again after an event of its change', async () => {
    const { state, killSwitch } = switchSaying('run');
    await killSwitch.mayAct();
    state.says = 'stop';
    expect(await killSwitch.mayAct()).toBe(true);
    killSwitch.forget();
    expect(await killSwitch.position()).toBe('stop');
  });

  test('does not use a cached value after the clock was set back', async () => {
    const { state, killSwitch } = switchSaying('run');
    state.nowMs = 3_600_000;
    await killSwitch.mayAct();
    state.says = 'stop';
    state.nowMs = 0;
    expect(await killSwitch.mayAct()).toBe(false);
  });

  test('is asked once by ten thousand groups while it cannot be read', async () => {
    const { state, killSwitch } = switchSaying(new Error('throttled'));
    const answers = await Promise.all(Array.from({ length: 10_000 }, killSwitch.mayAct));
    expect(answers.every((may) => !may)).toBe(true);
    expect([state.reads, state.errors]).toEqual([1, 1]);
  });

  test('stops while it cannot be read, reports it, and reads it again half a minute later', async () => {
    const { state, killSwitch } = switchSaying(new Error('throttled'));
    expect(await killSwitch.mayAct()).toBe(false);
    expect(state.errors).toBe(1);
    expect(await killSwitch.position()).toBe('unknown');
    state.says = 'run';
    state.nowMs = 30_000;
    expect(await killSwitch.mayAct()).toBe(true);
    expect(state.errors).toBe(1);
  });
});
