import { chooseSeries } from './choose-series.ts';
import { drawWhenSeen } from './draw-charts.ts';
import { exportCsv } from './export-csv.ts';
import { fleetTable } from './fleet-table.ts';
import { openApplications } from './open-applications.ts';
import { printPage } from './print-page.ts';
import { switchTheme } from './switch-theme.ts';

async function start(): Promise<void> {
  switchTheme();
  chooseSeries();
  exportCsv();
  drawWhenSeen(document);
  const table = await fleetTable();
  printPage((all) => table?.showAll(all));
  if (table) openApplications(table);
}

void start();
