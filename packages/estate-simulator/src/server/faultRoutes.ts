import express, { Router } from 'express';
import { Faults } from './faults';
import { parseFault } from './parseFault';

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
    try {
      res.status(201).json({ id: faults.add(parseFault(req.body)) });
    } catch (error) {
      res.status(400).json({ error: (error as Error).message });
    }
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
