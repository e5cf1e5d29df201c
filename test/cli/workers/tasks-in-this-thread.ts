import * as tasks from '#tasks/worker.ts';

/** What a thread is asked to do. */
interface Asked {
  readonly input: unknown;
  readonly stop: Int32Array;
}

/**
 * Takes the place of the package "piscina" where tests walk through commands in their own process:
 * tasks run one by one in this thread, which has loaded and compiled their code, as every new thread
 * has to first. What crosses is copied, as between threads. Processes of tests, and the tests that
 * are listed as long, have real threads.
 */
export class Piscina {
  private last: Promise<unknown> = Promise.resolve();

  run({ input, stop }: Asked, { name }: { readonly name: keyof typeof tasks }): Promise<unknown> {
    const task = tasks[name] as (asked: Asked) => Promise<unknown>;
    const copied = structuredClone(input);
    const next = this.last.then(async () => structuredClone(await task({ input: copied, stop })));
    this.last = next.catch(() => undefined);
    return next;
  }

  async destroy(): Promise<void> {
    await this.last;
  }
}
