import express, { Router } from 'express';
import { Fault, Faults } from './faults';
import { rewriteNames } from './rewrites';

function parseFault(body: unknown): Fault | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { path, pattern, ...rest } = body as Fault & { pattern?: unknown };
  if (typeof pattern === 'string') {
    return { ...rest, path: new RegExp(pattern) };
  }
  return typeof path === 'string' ? { ...rest, path } : undefined;
}

/**
 * Faults over HTTP: `GET` lists them, `POST` adds one (`path` is a prefix,
 * `pattern` a regular expression instead), `DELETE` takes out one by id or all.
 */
export function createFaultRoutes(faults: Faults): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    res.json(
      faults.list().map(({ path, ...rest }) => ({
        ...rest,
        ...(typeof path === 'string' ? { path } : { pattern: path.source }),
      })),
    );
  });
  router.post('/', express.json({ limit: '1mb' }), (req, res) => {
    let fault: Fault | undefined;
    try {
      fault = parseFault(req.body);
    } catch (error) {
      res.status(400).json({ error: `pattern: ${(error as Error).message}` });
      return;
    }
    if (fault?.rewrite && !rewriteNames.includes(fault.rewrite)) {
      res.status(400).json({
        error: `rewrite is one of ${rewriteNames.join(', ')}`,
      });
      return;
    }
    if (!fault) {
      res.status(400).json({
        error:
          'a fault needs path (a prefix) or pattern (a regular expression), both strings',
      });
      return;
    }
    res.status(201).json({ id: faults.add(fault) });
  });
  router.delete('/', (_req, res) => {
    faults.clear();
    res.status(204).end();
  });
  router.delete('/:id', (req, res) => {
    res.status(faults.remove(req.params.id) ? 204 : 404).end();
  });
  return router;
}
