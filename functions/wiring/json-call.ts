import { createJsonCall } from '#adapters/aws/json-call.ts';
import { signedEndpoint } from './signed-endpoint.ts';

const endpoints = {
  ecs: signedEndpoint('ECS'),
  'application-autoscaling': signedEndpoint('APPLICATION_AUTO_SCALING'),
};

/** Calls of ECS and of Application Auto Scaling. */
export const jsonCall = createJsonCall((service) => endpoints[service]);
