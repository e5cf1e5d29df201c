import { describe, expect, it } from 'vitest';
import { createDigestNotifier } from '#core/detection/incidents/digest-notifier.ts';
import type { Alert } from '#core/domain/ports.ts';
import { exampleIncident } from '#test/adapters/contracts/example-profiles.ts';

function collecting() {
  const published: Alert[] = [];
  const notifier = { publish: async (alert: Alert) => void published.push(alert) };
  return {
    published,
    digest: createDigestNotifier(notifier, { applications: 3, critical: ['db'] }),
  };
}

const opened = (applicationId: string): Alert => ({
  kind: 'incident-opened',
  incident: { ...exampleIncident(0, null), applicationId },
});

describe('createDigestNotifier', () => {
  it('publishes few incidents one at a time at the end of the interval', async () => {
    const { published, digest } = collecting();
    await digest.publish(opened('a'));
    expect(published).toEqual([]);
    await digest.flush(300);
    await digest.flush(600);
    expect(published).toEqual([opened('a')]);
  });

  it('publishes many incidents in one message, and one of a critical application at once', async () => {
    const { published, digest } = collecting();
    for (const id of ['a', 'b', 'db', 'c']) await digest.publish(opened(id));
    expect(published).toEqual([opened('db')]);
    await digest.flush(300);
    expect(published).toHaveLength(2);
    expect(published[1]).toMatchObject({
      kind: 'digest',
      atSeconds: 300,
      incidents: [{ applicationId: 'a' }, { applicationId: 'b' }, { applicationId: 'c' }],
    });
  });

  it('tells which alerts it holds back and which applications it published', async () => {
    const { digest } = collecting();
    expect([digest.holds?.(opened('a')), digest.holds?.(opened('db'))]).toEqual([true, false]);
    for (const id of ['a', 'b', 'a', 'db']) await digest.publish(opened(id));
    expect(await digest.flush(300)).toEqual(['a', 'b']);
    expect(await digest.flush(600)).toEqual([]);
  });

  it('does not hold back the end of an incident', async () => {
    const { published, digest } = collecting();
    await digest.publish({ kind: 'incident-resolved', incident: exampleIncident(0, 900) });
    expect(published).toHaveLength(1);
  });
});
