import { candidateName } from '#core/text/model-name.ts';
import type { ApplicationReplay } from '#evaluation/replay/replay-result.ts';
import { comparePolicies } from '#html-report/text/compare-policies.ts';
import {
  formatCount,
  formatDifference,
  formatName,
  formatShare,
} from '#html-report/text/format.ts';
import { verdictWords } from '#html-report/text/verdicts.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { sparkline } from '#html-report/markup/sparkline.ts';

/** Sort orders of the list: value and label of the select box. */
const ORDERS = [
  ['savings', 'Largest savings first'],
  ['costs', 'Smallest savings first'],
  ['shortage', 'Most demand unserved first'],
  ['incidents', 'Most incidents first'],
  ['name', 'By name'],
] as const;

function selectedModel(application: ApplicationReplay): string {
  const selectedScore = Object.values(application.crossValidation)[0]?.find(
    ({ selected }) => selected,
  );
  return selectedScore === undefined
    ? 'cluster or default'
    : formatName(candidateName(selectedScore));
}

/** One entry of the list: its summary, and the keys for sorting and filtering. */
function renderEntry(application: ApplicationReplay, position: number): Html {
  const { applicationId, applicationType, clusterId, incidents } = application;
  const compared = comparePolicies(application.policies);
  const saving = compared?.instanceHours ?? null;
  const unserved = compared?.subject.unservedDemand ?? NaN;
  const kinds = [applicationType, selectedModel(application), verdictWords(application)];
  const words = [applicationId, applicationType ?? '', clusterId ?? ''].join(' ').toLowerCase();
  const baseline = compared?.baseline ? formatShare(compared.baseline.unservedDemand) : null;
  return html`<li
    class="entry"
    data-words="${words}"
    data-name="${applicationId}"
    data-savings="${saving ?? 0}"
    data-shortage="${Number.isFinite(unserved) ? unserved : 0}"
    data-incidents="${incidents.length}"
  >
    <details class="application" id="application-${position}" data-payload="payload-${position}">
      <summary>
        <h3>${applicationId}</h3>
        <span class="entry-kind">${kinds.filter((word) => word !== null).join(' · ')}</span>
        ${sparkline(application.demand)}
        <span class="stat stat-saved"><b>${formatDifference(saving)}</b> instance-hours</span>
        <span class="stat stat-short"
          ><b>${formatShare(unserved)}</b>
          unserved${baseline === null ? null : html`<span class="versus"> vs ${baseline}</span>`}</span
        >
        <span class="stat stat-incidents">${formatCount(incidents.length, 'incident')}</span>
      </summary>
      <div class="body"></div>
    </details>
  </li>`;
}

/** The list of applications with its filter and sort order. */
export function renderApplicationList(applications: readonly ApplicationReplay[]): Html {
  const options = ORDERS.map(([value, words]) => html`<option value="${value}">${words}</option>`);
  return html`<section id="applications" aria-labelledby="applications-heading">
    <h2 id="applications-heading">Applications</h2>
    <p class="lead">
      Instance-hours are compared with the other policy on the same demand; negative is cheaper. The
      small picture is the demand over the whole trace. Open a line for history, allocation,
      forecast, incidents, model selection and the log of decisions.
    </p>
    <form class="tools" id="tools" role="search" aria-label="Applications">
      <label
        >Filter
        <input type="search" id="filter" autocomplete="off" placeholder="name, type or cluster"
      /></label>
      <label
        >Order
        <select id="order">
          ${options}
        </select></label
      >
      <output id="found" for="filter">${formatCount(applications.length, 'application')}</output>
    </form>
    <ol class="entries" id="entries">
      ${applications.map(renderEntry)}
    </ol>
    <p class="quiet" id="nothing-found" hidden>No application matches the filter.</p>
  </section>`;
}
