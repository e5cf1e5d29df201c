import { autoScalingError, type EmulatedAutoScaling } from './emulate-auto-scaling.ts';

interface WireHook {
  readonly LifecycleHookName: string;
  readonly AutoScalingGroupName: string;
}

interface Middlewares {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: { readonly input: Record<string, unknown> }) => Promise<unknown>,
        context: { readonly commandName?: string },
      ) => (args: { readonly input: Record<string, unknown> }) => Promise<unknown>,
      options: { readonly step: 'initialize'; readonly priority: 'high' },
    ): void;
  };
}

/** Lifecycle hooks for an emulated Auto Scaling, by "group hook". */
export function emulateHooks(emulated: EmulatedAutoScaling): {
  readonly hooks: Map<string, WireHook>;
} {
  const hooks = new Map<string, WireHook>();
  const answers: Readonly<Record<string, (input: Record<string, unknown>) => object>> = {
    DescribeLifecycleHooksCommand: ({ AutoScalingGroupName: group }) => ({
      LifecycleHooks: [...hooks.values()].filter((hook) => hook.AutoScalingGroupName === group),
    }),
    PutLifecycleHookCommand: (input) => {
      const hook = input as unknown as WireHook;
      hooks.set(`${hook.AutoScalingGroupName} ${hook.LifecycleHookName}`, hook);
      return {};
    },
    DeleteLifecycleHookCommand: (input) => {
      const { AutoScalingGroupName: group, LifecycleHookName: name } = input as unknown as WireHook;
      if (hooks.delete(`${group} ${name}`)) return {};
      throw autoScalingError('ValidationError', `No Lifecycle Hook found with name ${name}`);
    },
  };
  (emulated.client as unknown as Middlewares).middlewareStack.add(
    (next, { commandName: name = '' }) =>
      async (args) => {
        const answer = answers[name];
        if (!answer) return next(args);
        emulated.sent.push({ name, input: { ...args.input } });
        const fault = emulated.faults.get(name);
        emulated.faults.delete(name);
        if (fault) throw fault;
        const group = String(args.input['AutoScalingGroupName']);
        if (!emulated.groups.has(group)) {
          throw autoScalingError('ValidationError', `AutoScalingGroup name not found - ${group}`);
        }
        return { output: answer(args.input), response: {} };
      },
    { step: 'initialize', priority: 'high' },
  );
  return { hooks };
}
