import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';

/** @throws OperationRefusal where Argo CD decides by itself which commit is deployed */
export function requireNoAutomatedSync(
  automated: boolean,
  refusal: { name: string; what: string; hint: string },
): void {
  if (automated) {
    throw new OperationRefusal({
      code: 'automated-sync',
      reason: `${refusal.name} syncs by itself: ${refusal.what}`,
      hint: refusal.hint,
    });
  }
}
