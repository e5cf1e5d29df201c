import type { Resource } from '#core/footprint.ts';
import type { HistoryStore, ProfileStore } from '#core/ports.ts';
import type { Notice } from '#functions/events/notification-event.ts';
import { barGraph } from './bar-graph.ts';

/** Steps the graph shows: two hours before the incident's start and one hour since. */
const STEPS_BEFORE = 24;
const STEPS_AFTER = 12;

/** CloudWatch's alarms come as JSON; people want its few words. */
function alarmWords(message: string): string {
  try {
    const { AlarmDescription, NewStateReason } = JSON.parse(message) as Record<string, unknown>;
    return [AlarmDescription, NewStateReason].filter((part) => typeof part === 'string').join('\n');
  } catch {
    return message;
  }
}

/** A notice as Slack shows it, with a graph of actual against forecast where it is about an incident. */
export async function slackText(
  ports: { readonly history: HistoryStore; readonly profiles: ProfileStore },
  { subject, message, incident }: Notice,
  stepSeconds: number,
): Promise<string> {
  const text = `*${escaped(subject)}*\n${escaped(alarmWords(message))}`;
  if (incident === null) return text;
  const { applicationId, resource, startSeconds } = incident;
  const fromSeconds = startSeconds - STEPS_BEFORE * stepSeconds;
  const range = { fromSeconds, toSeconds: startSeconds + STEPS_AFTER * stepSeconds };
  const window = await ports.history.read(applicationId, range, stepSeconds);
  const actual = [...window.values[resource]];
  const expected = await expectedSteps(
    ports.profiles,
    { applicationId, resource },
    { fromSeconds, stepSeconds },
  );
  const [actualBars, expectedBars] = barGraph([actual, expected]);
  return `${text}\n\`\`\`\nactual   ${actualBars}\nforecast ${expectedBars}\n\`\`\``;
}

/** What decisions in the log expected of each step; NaN where there was none. */
async function expectedSteps(
  profiles: ProfileStore,
  { applicationId, resource }: { readonly applicationId: string; readonly resource: Resource },
  { fromSeconds, stepSeconds }: { readonly fromSeconds: number; readonly stepSeconds: number },
): Promise<readonly number[]> {
  const steps = new Array<number>(STEPS_BEFORE + STEPS_AFTER).fill(NaN);
  // Decisions for lifecycle actions come between those of the schedule.
  for (const decision of await profiles.allocationLog(applicationId, 4 * steps.length)) {
    const { atSeconds, byResource } = decision.expected;
    const step = (atSeconds - fromSeconds) / stepSeconds;
    const median = byResource[resource]?.median;
    if (step >= 0 && step < steps.length && median !== undefined) steps[step] = median;
  }
  return steps;
}

/** The three characters that Slack's markup reserves. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
