import type { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { requestRouteRef } from '../routes';

/** Link to one request on one screen. */
export function RequestLink(props: { id: string; children: ReactNode }) {
  const route = useRouteRef(requestRouteRef);
  return route ? (
    <Link to={route({ id: props.id })}>{props.children}</Link>
  ) : (
    <span>{props.children}</span>
  );
}
