import { escapeMarkup } from '#adapters/aws/sns/escape-markup.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { Notice } from '#functions/events/notification-event.ts';
import { barGraph } from './bar-graph.ts';
import { expectedSteps, type ExpectedPorts } from './expected-steps.ts';

/** Steps in the graph: two hours before the incident's start and one hour after it. */
const STEPS_BEFORE = 24;
const STEPS_AFTER = 12;

/** CloudWatch alarms arrive as JSON; only description and reason are shown. */
function alarmText(message: string): string {
  try {
    const { AlarmDescription, NewStateReason } = JSON.parse(message) as Record<string, unknown>;
    return [AlarmDescription, NewStateReason].filter((part) => typeof part === 'string').join('\n');
  } catch {
    return message;
  }
}

/** Text of a notice for Slack, with a graph of usage and forecast if it is about an incident. */
export async function slackText(
  ports: ExpectedPorts,
  { subject, message, incident }: Notice,
  settings: Settings,
): Promise<string> {
  const text = `*${escapeMarkup(subject)}*\n${escapeMarkup(alarmText(message))}`;
  if (incident === null) return text;
  const { stepSeconds } = settings;
  const { applicationId, resource, startSeconds } = incident;
  const fromSeconds = startSeconds - STEPS_BEFORE * stepSeconds;
  const toSeconds = startSeconds + STEPS_AFTER * stepSeconds;
  const window = await ports.history.read(applicationId, { fromSeconds, toSeconds }, stepSeconds);
  const steps = STEPS_BEFORE + STEPS_AFTER;
  const expected = await expectedSteps(
    ports,
    { applicationId, resource, fromSeconds, steps },
    settings,
  );
  const [actualBars, expectedBars] = barGraph([[...window.values[resource]], expected.values]);
  const graph = `\`\`\`\nactual   ${actualBars}\nforecast ${expectedBars}\n\`\`\``;
  if (expected.calculated === 0) return `${text}\n${graph}`;
  const share = `${expected.calculated} of the ${steps} steps`;
  return `${text}\n${graph}\n_No decision had noted what it expected of ${share}: calculated for this message._`;
}
