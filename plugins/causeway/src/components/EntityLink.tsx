import type { ReactNode } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { shortName } from '../lib/shortName';

/** Path of an entity's page, where the catalog is installed; none for what is no full reference. */
export function useEntityPath(): (entityRef: string) => string | undefined {
  const route = useRouteRef(entityRouteRef);
  return entityRef =>
    /^[^:/]+:[^/]+\/./.test(entityRef)
      ? route?.(parseEntityRef(entityRef))
      : undefined;
}

/** Link to an entity's page, by its title or else its name. */
export function EntityLink(props: { entityRef: string; children?: ReactNode }) {
  const path = useEntityPath()(props.entityRef);
  const text = props.children ?? shortName(props.entityRef);
  return path ? <Link to={path}>{text}</Link> : <span>{text}</span>;
}
