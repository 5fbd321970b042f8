/**
 * Every annotation key that Causeway reads or writes on catalog entities and
 * cluster objects.
 *
 * @public
 */
export const causewayAnnotations = {
  /** On ingested entities: id of the source, e.g. `production-eu`. */
  source: 'causeway.dev/source',
  /** On ingested entities: id of the partition that reported them. */
  partition: 'causeway.dev/partition',
  /** On cluster objects: the name of the service that a workload belongs to. */
  component: 'causeway.dev/component',
  /** On cluster objects and Argo CD projects: a claimed owner, a team slug or a Group reference. */
  owner: 'causeway.dev/owner',
  /** On cluster objects and entities: a claimed lifecycle, e.g. `deprecated`. */
  lifecycle: 'causeway.dev/lifecycle',
  /** On cluster objects and entities: the service that replaces a deprecated one. */
  successor: 'causeway.dev/successor',
  /** On ingested entities: the environment, where one is known. */
  environment: 'causeway.dev/environment',
  /** On entities and cluster objects: the template that they say they were made with. */
  template: 'causeway.dev/template',
  /** On entities: which state of that template it was: its etag in the catalog. */
  templateVersion: 'causeway.dev/template-version',
  /** On entities: the scaffolder's task that made them. */
  templateTask: 'causeway.dev/template-task',
  /** On entities: when they were made; RFC 3339. */
  templateTime: 'causeway.dev/template-time',
} as const;
