import type { LambdaRuntime } from '#test/end-to-end/lambda/lambda-runtime.ts';
import { startFunction, type RunningFunction } from '#test/end-to-end/lambda/start-function.ts';
import type { EmulatedAccount } from './emulated-account.ts';
import { makeResources } from './make-resources.ts';
import { resolveText } from './resolve-intrinsics.ts';
import type { Assembly } from './synthesise-assets.ts';

/** A busy machine may take this many times as long as a function may on Lambda. */
const PATIENCE = 10;

/** A deployed stack whose functions run in Lambda's runtime on this machine. */
export interface Deployment {
  /** Physical name of the one resource of this type whose logical name fits. */
  nameOf(type: string, logicalName: RegExp): string;
  /** Physical names of all resources of a type. */
  namesOf(type: string): readonly string[];
  /** Where the code of a function lies. */
  directoryOf(logicalName: RegExp): string;
  /** Starts a new instance of a function, by a part of its logical name: a cold start. */
  start(logicalName: RegExp): Promise<RunningFunction>;
  /** What the function answers; its instance stays for the next event. */
  invoke(logicalName: RegExp, event: object): Promise<unknown>;
  /** Ends all instances, as Lambda does when they idle. */
  stop(): Promise<void>;
}

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Handler: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Layers?: readonly { readonly Ref: string }[];
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
}

/** Makes the stack's resources in the emulated account and runs its functions on demand. */
export async function openDeployment(
  runtime: LambdaRuntime,
  assembly: Assembly,
  account: EmulatedAccount,
): Promise<Deployment> {
  const names = await makeResources(assembly, account);
  const running = new Map<string, RunningFunction>();

  function find(type: string, pattern: RegExp) {
    const found = Object.entries(assembly.resources).filter(
      ([name, { Type }]) => Type === type && pattern.test(name),
    );
    const [first] = found;
    if (!first || found.length > 1) throw new Error(`${found.length} ${type} fit ${pattern}`);
    return first;
  }

  function directoryOf(pattern: RegExp): string {
    const [, { Properties }] = find('AWS::Lambda::Function', pattern);
    return assembly.assetOf((Properties as unknown as FunctionProperties).Code.S3Key);
  }

  async function start(pattern: RegExp): Promise<RunningFunction> {
    const [name, { Properties }] = find('AWS::Lambda::Function', pattern);
    const properties = Properties as unknown as FunctionProperties;
    const variables = Object.entries(properties.Environment?.Variables ?? {});
    return startFunction(runtime, {
      name,
      directory: directoryOf(pattern),
      layers: (properties.Layers ?? []).map(({ Ref }) => layerDirectory(assembly, Ref)),
      handler: properties.Handler,
      memoryMb: properties.MemorySize,
      timeoutMs: properties.Timeout * 1000 * PATIENCE,
      variables: {
        ...Object.fromEntries(variables.map(([key, value]) => [key, resolveText(value, names)])),
        ...account.variables,
      },
    });
  }

  return {
    nameOf: (type, pattern) => names.get(find(type, pattern)[0]) ?? '',
    namesOf: (type) =>
      Object.entries(assembly.resources).flatMap(([name, { Type }]) =>
        Type === type ? (names.get(name) ?? []) : [],
      ),
    directoryOf,
    start,
    async invoke(pattern, event) {
      const [name] = find('AWS::Lambda::Function', pattern);
      const instance = running.get(name) ?? (await start(pattern));
      running.set(name, instance);
      return instance.invoke(event);
    },
    async stop() {
      await Promise.all([...running.values()].map((instance) => instance.stop()));
      running.clear();
    },
  };
}

function layerDirectory({ resources, assetOf }: Assembly, logicalName: string): string {
  const { Content } = (resources[logicalName]?.Properties ?? {}) as {
    readonly Content?: { readonly S3Key: string };
  };
  if (!Content) throw new Error(`${logicalName} is no layer`);
  return assetOf(Content.S3Key);
}
