import type { LifecycleNotice, SimulatedHook, WaitingAction } from './account-instance.ts';

/** The lifecycle hooks of a group, and what they have told since somebody took it. */
export class HookWaits {
  private readonly byName: Map<string, SimulatedHook>;
  private notices: LifecycleNotice[] = [];
  private tokens = 0;

  constructor(hooks: readonly SimulatedHook[]) {
    this.byName = new Map(hooks.map((hook) => [hook.name, hook]));
  }

  get hooks(): readonly SimulatedHook[] {
    return [...this.byName.values()];
  }

  put(hook: SimulatedHook): void {
    this.byName.set(hook.name, hook);
  }

  delete(name: string): void {
    this.byName.delete(name);
  }

  /** Lets an instance wait in the first hook of a transition; null where the group has none. */
  begin(moved: Omit<LifecycleNotice, 'hook' | 'token'>): WaitingAction | null {
    const hook = this.hooks.find(({ transition }) => transition === moved.transition);
    if (!hook) return null;
    const token = `token-${++this.tokens}`;
    this.notices.push({ ...moved, hook: hook.name, token });
    const { atSeconds } = moved;
    const untilSeconds = atSeconds + hook.heartbeatSeconds;
    return { hook: hook.name, token, sinceSeconds: atSeconds, untilSeconds };
  }

  /** How a wait that nobody answered ends; ABANDON where its hook was deleted. */
  defaultResult(hook: string): 'CONTINUE' | 'ABANDON' {
    return this.byName.get(hook)?.defaultResult ?? 'ABANDON';
  }

  takeNotices(): readonly LifecycleNotice[] {
    const taken = this.notices;
    this.notices = [];
    return taken;
  }
}
