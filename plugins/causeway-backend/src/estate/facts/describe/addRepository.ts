import type { Origin } from '@causeway/backstage-plugin-causeway-common';
import type { RepositorySubject } from '../../projection/repositories';
import {
  deriveBranchProtected,
  deriveBranchProtection,
} from '../derive/branchProtection';
import { deriveRepository, deriveWorkflows } from '../derive/repository';
import type { FactSheet } from '../FactSheet';
import type { Surroundings } from '../surroundings';

/** Adds what is known of a repository, and of what comes out of it. */
export function addRepository(
  sheet: FactSheet,
  repository: RepositorySubject,
  origin: Origin,
  surroundings: Surroundings,
): void {
  const own = sheet.from(repository, origin);
  deriveRepository(repository.data, own);
  deriveBranchProtection(repository.data, own);
  const delivery = surroundings.delivery(repository);
  if (delivery) {
    const from = sheet.from(delivery, origin);
    deriveWorkflows(delivery.data, from);
    deriveBranchProtected(repository.data, delivery.data, from);
  }
}
