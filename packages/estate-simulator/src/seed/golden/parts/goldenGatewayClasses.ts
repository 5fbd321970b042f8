import type { GoldenPart } from '../GoldenPart';
import { resourceRef } from '../names';

/** The class that production's gateways are of. The cluster's, hence nobody's. */
export const goldenGatewayClasses: GoldenPart = (
  company,
  { resources },
  { entity, edge },
) => {
  const classOf = (cluster: string) =>
    resourceRef(cluster, 'gatewayclass', 'envoy');
  for (const { name, environment } of company.clusters) {
    if (environment === 'production') {
      entity(classOf(name), 'gateway-class');
    }
  }
  for (const { ref, type, cluster } of resources) {
    if (type === 'gateway') {
      edge(ref, 'uses', classOf(cluster));
    }
  }
};
