import type { SourceLink } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from '../config';
import { dashboardLinks } from '../links';
import type { Subject } from '../subjects';

/** The pages of something that its {@link SubjectKind} describes. */
export function describedLinks(
  subject: Subject,
  config: ProjectionConfig,
): SourceLink[] {
  return (
    subject.kind?.links?.(subject, config) ?? dashboardLinks(subject, config)
  );
}
