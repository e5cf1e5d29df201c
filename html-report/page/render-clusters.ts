import type { ClusterMove, ReplayCluster, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { weekChart, weekFinding } from '#html-report/charts/week-chart.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderFigure } from '#html-report/markup/render-figure.ts';
import { renderMembers } from '#html-report/markup/render-members.ts';
import type { Chart } from '#html-report/payload/chart-data.ts';
import { applicationLink } from '#html-report/text/application-link.ts';
import { formatCount, formatTime } from '#html-report/text/format.ts';

/** Moves that are listed: the last ones. */
const MOVES_SHOWN = 100;

/** Longer lists of members are collapsed. */
const MEMBERS_SHOWN = 12;

type Link = (applicationId: string) => Html;

/** Links to the sections of applications by identifier; plain text if there is no section. */
function linkApplications(result: ReplayResult): Link {
  const known = new Set(result.applications.map(({ applicationId }) => applicationId));
  return (applicationId) =>
    known.has(applicationId)
      ? html`<a href="${applicationLink(applicationId)}">${applicationId}</a>`
      : html`${applicationId}`;
}

function renderClusterMembers(cluster: ReplayCluster, link: Link): Html {
  const list = renderMembers(
    cluster.applications,
    (member) =>
      html`${link(member)}${member === cluster.medoid ? html` <span class="mark">medoid</span>` : null}`,
  );
  if (cluster.applications.length <= MEMBERS_SHOWN) return list;
  return html`<details>
    <summary>All ${formatCount(cluster.applications.length, 'application')}</summary>
    ${list}
  </details>`;
}

function renderCluster(cluster: ReplayCluster, link: Link, simulated: boolean): Html {
  const strips = weekChart(cluster).strips.length;
  return html`<article class="card">
    <h4>${cluster.name}</h4>
    <p class="quiet">
      ${formatCount(cluster.applications.length, 'application')}, most typical:
      ${link(cluster.medoid)}
    </p>
    ${renderFigure({
      chart: `week-${cluster.clusterId}`,
      payload: 'payload-fleet',
      title: 'Average week, times the mean',
      finding: weekFinding(cluster),
      legend: [],
      size: strips > 1 ? 'strips' : 'small',
      simulated,
    })}
    ${renderClusterMembers(cluster, link)}
  </article>`;
}

function renderMove(move: ClusterMove, link: Link, names: ReadonlyMap<string, string>): Html {
  const place = (clusterId: string | null) =>
    clusterId === null ? 'a profile of its own' : (names.get(clusterId) ?? clusterId);
  return html`<li>
    <time>${formatTime(move.atSeconds)}</time> ${link(move.applicationId)}: from ${place(move.from)}
    to ${place(move.to)}
  </li>`;
}

/** The charts of the clusters' section, by name. */
export function clusterCharts(result: ReplayResult): Readonly<Record<string, Chart>> {
  return Object.fromEntries(
    result.clusters.map((cluster) => [`week-${cluster.clusterId}`, weekChart(cluster)]),
  );
}

/** Clusters with their average weeks and members, and the moves between clusters. */
export function renderClusters(result: ReplayResult): Html {
  const link = linkApplications(result);
  const names = new Map(result.clusters.map(({ clusterId, name }) => [clusterId, name]));
  const cards = result.clusters.map((c) => renderCluster(c, link, result.trace.simulated));
  const alone = result.applications.filter(({ clusterId }) => clusterId === null);
  return html`<p class="lead">
      Applications whose weeks have the same shape share a profile until their own history is long
      enough, and help each other when it is short. Each week runs from Monday 00:00 UTC, every
      member divided by its own mean.
    </p>
    ${cards.length === 0 ? html`<p class="quiet">No clusters were formed.</p>` : html`<div class="cards">${cards}</div>`}
    ${
      alone.length === 0
        ? null
        : html`<h4>With a profile of their own</h4>
            ${renderMembers(alone, ({ applicationId }) => link(applicationId))}`
    }
    <h4>Moves</h4>
    ${
      result.moves.length === 0
        ? html`<p class="quiet">No application changed its cluster.</p>`
        : html`<div class="scroll" tabindex="0" role="group" aria-label="Moves between clusters">
            <ul class="moves">
              ${result.moves.slice(-MOVES_SHOWN).map((move) => renderMove(move, link, names))}
            </ul>
            ${
              result.moves.length > MOVES_SHOWN
                ? html`<p class="quiet">The last ${MOVES_SHOWN} of ${result.moves.length}.</p>`
                : null
            }
          </div>`
    }`;
}
