import type { ReactNode } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  entityRouteRef,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import { shortName } from '../lib/shortName';
import { PlainText } from './PlainText';

/** Path of an entity's page, where the catalog is installed; none for what is no full reference. */
export function useEntityPath(): (entityRef: string) => string | undefined {
  const route = useRouteRef(entityRouteRef);
  return entityRef =>
    /^[^:/]+:[^/]+\/./.test(entityRef)
      ? route?.(parseEntityRef(entityRef))
      : undefined;
}

/** A person as people call them. Names are not unique and whoever has one chose it: the reference stands beside it. */
export function PersonName(props: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(props.entityRef);
  return (
    <span title={props.entityRef}>
      <PlainText text={primaryTitle} />
    </span>
  );
}

/** Link to an entity's page, by what it is called: people by their display name, everything else by its name. */
export function EntityLink(props: { entityRef: string; children?: ReactNode }) {
  const { entityRef, children } = props;
  const path = useEntityPath()(entityRef);
  const text =
    children ??
    (/^user:[^/]+\/./.test(entityRef) ? (
      <PersonName entityRef={entityRef} />
    ) : (
      shortName(entityRef)
    ));
  return path ? <Link to={path}>{text}</Link> : <span>{text}</span>;
}
