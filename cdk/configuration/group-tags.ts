/** Every tag of ours begins with it; retiring a group removes them all. */
export const TAG_PREFIX = 'foreprint:';
/** A group with this tag is enrolled; the value is its mode, empty for the deployment's. */
export const MODE_TAG = 'foreprint:mode';
/**
 * Shows people the minimum that the owner chose while Foreprint has raised it. It is a mirror and
 * never read back: whoever may tag a group must not be able to size it.
 */
export const FLOOR_TAG = 'foreprint:minimum';
/** Type of the application, for the defaults it starts with. */
export const TYPE_TAG = 'foreprint:type';
/**
 * Resources that are measured, for example "cpu network"; all of them without the tag. CloudWatch
 * bills every metric that is asked for.
 */
export const METRICS_TAG = 'foreprint:metrics';
/**
 * Seconds that one sample of an instance's CPU covers: "60" with detailed monitoring, "300"
 * without.
 */
export const MONITORING_TAG = 'foreprint:monitoring';
/**
 * Where the agent publishes memory, if not under its own names: "windows", a namespace, or both.
 */
export const MEMORY_TAG = 'foreprint:memory';
/**
 * Share of CPU that the owner wants used, for example "60"; heeded where the group has no target
 * tracking policy that says it.
 */
export const TARGET_TAG = 'foreprint:target';
/** Events that its owner expects, see `parseExpectTags`; more of them in `foreprint:expect-2`. */
export const EXPECT_TAG = 'foreprint:expect';
/** A group with this tag is steered in `full` although it has a dynamic scaling policy. */
export const FORCE_TAG = 'foreprint:force';
/**
 * Names of the lifecycle hooks of an enrolled group; rules and the command line know them by these.
 */
export const LAUNCH_HOOK = 'foreprint-launching';
export const TERMINATE_HOOK = 'foreprint-terminating';
/**
 * An instance waits this long at most when nobody completes its hook; ours are completed within
 * seconds.
 */
export const HOOK_TIMEOUT_SECONDS = 300;
