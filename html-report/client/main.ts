import { arrangeApplications } from './arrange-applications.ts';
import { drawWhenSeen } from './draw-charts.ts';
import { openApplications } from './open-applications.ts';
import { switchTheme } from './switch-theme.ts';

switchTheme();
arrangeApplications();
openApplications();
drawWhenSeen(document);
