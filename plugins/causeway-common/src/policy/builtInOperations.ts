/**
 * The operations that Causeway brings, with the capability of each: for those
 * who check a policy where no gate runs.
 *
 * @public
 */
export const builtInOperations: Readonly<Record<string, string>> = {
  'scale-workload': 'workload-scaling',
  'restart-workload': 'workload-restart',
  'set-resource-requests': 'workload-resources',
  'sync-application': 'application-sync',
  'rollback-application': 'application-rollback',
  'refresh-application': 'application-refresh',
  'open-pull-request': 'gitops-change',
  'dispatch-workflow': 'workflow-dispatch',
  'run-template': 'golden-paths',
};
