import type { Request, Router } from 'express';
import type { QuestionInput } from '../../estate/questions/readInput';
import type { AuthorizedGate } from '../AuthorizedGate';
import { noSuchRequest } from '../permissions/refusals';
import type { Call } from '../principals/Call';

/** What the gate's routes work with. */
export interface RouteContext {
  gate: AuthorizedGate;
  /** Who calls; nobody is refused. */
  call(req: Request): Promise<Call>;
}

/** Adds the routes of one resource. */
export type AddRoutes = (router: Router, context: RouteContext) => void;

/** The query, each parameter as the one text that it is. */
export function queryOf(req: Request): QuestionInput {
  return Object.fromEntries(
    Object.entries(req.query).map(([name, value]) => [name, String(value)]),
  );
}

/** The id of the path; what cannot be one is of no request. */
export function idOf(req: Request): string {
  const { id } = req.params;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) {
    throw noSuchRequest('of that id');
  }
  return id;
}
