import type { EntityContext } from '../../projection/model';
import type { WorkloadSubject } from '../../projection/subjects';
import type { CodeLocation, NamedService, World } from '../../projection/World';
import { findTemplate } from '../derive/goldenPath';
import { deriveService } from '../derive/service';
import type { FactSheet } from '../FactSheet';
import { addDecided } from './addDecided';
import { addRepository } from './addRepository';
import { addTemplate } from './addTemplate';

/**
 * A lifecycle follows from which workloads a service has, and labels decide
 * that: it is never the platform's word, whatever rule found it.
 */
function addLifecycle(sheet: FactSheet, context: EntityContext): void {
  const { lifecycle } = context;
  const origin = lifecycle?.origin === 'claimed' ? 'claimed' : 'live';
  addDecided(
    sheet,
    context,
    'lifecycle',
    lifecycle && { ...lifecycle, origin },
  );
}

/** Adds what is known of a service; several may stand behind one hand-written Component. */
export function addService(
  sheet: FactSheet,
  services: readonly NamedService[],
  context: EntityContext,
  { environment, surroundings }: World,
): void {
  addLifecycle(sheet, context);
  const own = sheet.from(context);
  const instances = new Set<WorkloadSubject>();
  for (const { members } of services) {
    for (const { workload } of members) {
      instances.add(workload);
    }
  }
  deriveService(
    context,
    Array.from(instances, workload => environment(workload)?.value),
    own,
  );
  own.health = context.health;
  // That nobody owns it, a tenant can change; that the platform says who does, not.
  sheet.from(context, context.owner?.origin)['owner.present'] =
    context.owner !== undefined;
  const codes = new Map<string, CodeLocation>();
  for (const { code } of services) {
    if (code) {
      codes.set(code.repository.ref, code);
    }
  }
  if (codes.size === 1) {
    const [{ rule, repository }] = codes.values();
    const origin = rule === 'image' ? 'live' : 'claimed';
    addRepository(sheet, repository, origin, surroundings);
  }
  addTemplate(sheet, context, findTemplate(listTemplateSources(services)));
}

/** What may name the template of a service: the Component that claims it, else its workloads. */
function listTemplateSources(services: readonly NamedService[]) {
  const sources: Record<string, string | undefined>[] = [];
  for (const { claim } of services) {
    const template = claim?.claim.data.annotations.sourceTemplate;
    if (template !== undefined) {
      sources.push({ 'backstage.io/source-template': template });
    }
  }
  for (const { members } of services) {
    for (const { workload } of members) {
      sources.push(workload.annotations, workload.labels);
    }
  }
  return sources;
}
