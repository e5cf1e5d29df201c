import { formatWhole } from '#html-report/text/format.ts';
import { html, type Html } from './html.ts';

/** A list of more is not read; the table of applications finds the others. */
const MOST_LISTED = 100;

/** A list of applications: the first hundred, and how many more there are. */
export function renderMembers<Member>(
  members: readonly Member[],
  item: (member: Member) => Html,
): Html {
  const more = members.length - MOST_LISTED;
  return html`<ul class="members">
    ${members.slice(0, MOST_LISTED).map((member) => html`<li>${item(member)}</li>`)}
    ${more > 0 ? html`<li>and ${formatWhole(more)} more, see the table of applications</li>` : null}
  </ul>`;
}
