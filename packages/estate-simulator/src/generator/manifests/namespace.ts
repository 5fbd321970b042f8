import { KubernetesObject } from '../../kubernetes/model';
import { apiTime } from '../../kubernetes/objects/stamp';
import { birth } from './metadata';

/** The namespace of a team. */
export function namespace(team: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: team,
      creationTimestamp: apiTime(birth),
      labels: { 'meridian.example/team': team },
      annotations: { 'causeway.dev/owner': team },
    },
    status: { phase: 'Active' },
  };
}
