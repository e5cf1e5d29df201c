import { HOOK_TIMEOUT_SECONDS, LAUNCH_HOOK, TERMINATE_HOOK } from './group-tags.ts';

/**
 * The two lifecycle hooks of an enrolled group; an instance goes on should nobody answer in time.
 */
export const LIFECYCLE_HOOKS = [
  {
    name: LAUNCH_HOOK,
    transition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    timeoutSeconds: HOOK_TIMEOUT_SECONDS,
    defaultResult: 'CONTINUE',
  },
  {
    name: TERMINATE_HOOK,
    transition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    timeoutSeconds: HOOK_TIMEOUT_SECONDS,
    defaultResult: 'CONTINUE',
  },
] as const;
