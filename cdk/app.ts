import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ForeprintStack } from './foreprint-stack.ts';
import { readConfiguration } from './read-configuration.ts';

const app = new App();
const stack = new ForeprintStack(app, 'Foreprint', {
  configuration: readConfiguration(app.node),
  description: 'Foreprint: forecasts what Auto Scaling groups will need and allocates it',
});
Tags.of(stack).add('application', 'foreprint');
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
