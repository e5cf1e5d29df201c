import { shellWord } from '#core/text/shell-word.ts';
import type { ApplicationReplay, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderMembers } from '#html-report/markup/render-members.ts';
import { applicationLink } from '#html-report/text/application-link.ts';
import { formatCount } from '#html-report/text/format.ts';
import { adviceOf, type Advice } from '#html-report/text/verdicts.ts';

/** Names that are shown before the others are folded. */
const SHOWN = 8;
/** Names of a command that is shown; one with more is folded too. */
const SHOWN_IN_COMMAND = 30;

interface Group {
  readonly advice: Advice;
  readonly title: string;
  readonly why: string;
  /** What is run with the names; null for nothing. */
  readonly command: string | null;
}

const GROUPS: readonly Group[] = [
  {
    advice: 'full',
    title: 'Put in full',
    why: 'Served no worse for fewer hours, or better for as many.',
    command: 'enrol --mode full',
  },
  {
    advice: 'plan',
    title: 'Ask what each mode would do',
    why: 'Served better, for more hours. Beside a policy of their own, scale-out may serve them as well for fewer; plan says so, mode by mode.',
    command: 'plan',
  },
  {
    advice: 'leave',
    title: 'Leave as they are',
    why: 'Served worse, or the same for no fewer hours.',
    command: null,
  },
];

/** The names and the command for them; of many, the first names, and the rest folded. */
function renderWhat({ command }: Group, members: readonly ApplicationReplay[]): Html {
  const link = ({ applicationId }: ApplicationReplay) =>
    html`<a href="${applicationLink(applicationId)}">${applicationId}</a>`;
  const typed = renderCommand(command, members);
  if (members.length <= SHOWN) return html`${renderMembers(members, link)} ${typed}`;
  const isFolded = members.length > SHOWN_IN_COMMAND;
  const also = isFolded && typed !== null ? ', and the command for all' : '';
  return html`${renderMembers(members.slice(0, SHOWN), link)}
    <details>
      <summary>${members.length - SHOWN} more${also}</summary>
      ${renderMembers(members.slice(SHOWN), link)} ${isFolded ? typed : null}
    </details>
    ${isFolded ? null : typed}`;
}

function renderCommand(
  command: string | null,
  applications: readonly ApplicationReplay[],
): Html | null {
  if (command === null) return null;
  const names = applications.map(({ applicationId }) => shellWord(applicationId));
  return html`<pre
    class="command"
    tabindex="0"
    aria-label="Command"
  ><code>npx foreprint ${command} ${names.join(' ')}</code></pre>`;
}

/** What to do next with which applications, the commands for it, and what its figures are of. */
export function renderNext({ applications, trace }: ReplayResult): Html | null {
  if (applications.every(({ verdict }) => verdict === null)) return null;
  const groups = GROUPS.map((group) => ({
    ...group,
    members: applications.filter((application) => adviceOf(application) === group.advice),
  })).filter(({ members }) => members.length > 0);
  const note = trace.simulated
    ? 'These applications are invented. With groups of your own, npx foreprint plan GROUP makes this page of them.'
    : 'The commands are for Auto Scaling groups of these names; enrol wants a deployed Foreprint, and with --dry-run it only says what it would change.';
  return html`<section id="next" aria-labelledby="next-heading">
    <h2 id="next-heading">Do next</h2>
    <p class="lead">
      All figures are of the mode <code>full</code>: Foreprint alone sets the number of instances.
    </p>
    <div class="steps">
      ${groups.map(
        ({ members, ...group }) =>
          html`<div class="step">
            <h3>${group.title}: ${formatCount(members.length, 'application')}</h3>
            <p class="quiet">${group.why}</p>
            ${renderWhat(group, members)}
          </div>`,
      )}
    </div>
    <p class="quiet">${note}</p>
  </section>`;
}
