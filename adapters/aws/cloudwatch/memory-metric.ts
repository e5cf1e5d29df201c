/** The metric that says what share of an instance's memory is used, in percent. */
export interface MemoryMetric {
  readonly namespace: string;
  readonly name: string;
}

const NAMESPACE = 'CWAgent';
const NAMES = { linux: 'mem_used_percent', windows: 'Memory % Committed Bytes In Use' } as const;

/**
 * The memory metric of a group by its tag: "windows" for the name that the agent uses on Windows,
 * any other word for the namespace that the agent's configuration sets. The agent's own names where
 * the tag says nothing.
 */
export function memoryMetricOf(tag = ''): MemoryMetric {
  const words = tag.split(/\s+/).filter((word) => word !== '');
  const isWindows = (word: string): boolean => word.toLowerCase() === 'windows';
  return {
    namespace: words.find((word) => !isWindows(word)) ?? NAMESPACE,
    name: words.some(isWindows) ? NAMES.windows : NAMES.linux,
  };
}
