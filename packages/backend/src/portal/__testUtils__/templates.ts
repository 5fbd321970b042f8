import {
  coreServices,
  createBackendModule,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { mkdtemp, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import request from 'supertest';
import { stringify } from 'yaml';
import { eventually } from './eventually';

/** The golden paths of `npm start`. */
const shipped = resolve(
  __dirname,
  '../../../../../examples/templates/templates.yaml',
);

/** A template as the catalog takes it. */
export function templateOf(name: string, spec: JsonObject): JsonObject {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name, title: name, description: `Tests ${name}` },
    spec: { owner: 'group:default/platform', type: 'service', ...spec },
  };
}

/** Writes templates into a file of their own, and gives the configuration that puts them into the catalog. */
export async function templatesConfig(
  folder: string,
  templates: JsonObject[],
): Promise<JsonObject> {
  const home = await mkdtemp(join(folder, 'templates-'));
  const target = join(home, 'templates.yaml');
  await writeFile(target, templates.map(one => stringify(one)).join('---\n'));
  return {
    catalog: {
      locations: [
        { type: 'file', target, rules: [{ allow: ['Template'] }] },
        {
          type: 'file',
          target: shipped,
          rules: [{ allow: ['Location', 'Template'] }],
        },
      ],
    },
  };
}

/** A task of the scaffolder as its API tells of it. */
export interface Task {
  id: string;
  status: string;
  /** What steps said, one text each line. */
  log: string;
  /** How often it has asked the gate. */
  asked: number;
  /** Message of the error that it ended with. */
  error?: string;
  output: JsonObject;
}

/** An event of a task, as the scaffolder tells it. */
interface TaskEvent {
  type: string;
  body: { message?: string; error?: { message: string }; output?: JsonObject };
}

/** The scaffolder, as somebody who is signed in uses it. */
export function scaffolderOf(server: Server, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const at = (path: string) => `/api/scaffolder/v2/tasks${path}`;
  const read = async (id: string): Promise<Task> => {
    const [task, events] = await Promise.all([
      request(server)
        .get(at(`/${id}`))
        .set(headers)
        .expect(200),
      request(server)
        .get(at(`/${id}/events`))
        .set(headers)
        .expect(200),
    ]);
    const bodies: TaskEvent[] = events.body;
    const last = bodies.filter(({ type }) => type === 'completion').at(-1);
    const log = bodies.map(({ body }) => body.message ?? '').join('\n');
    return {
      id,
      status: task.body.status,
      log,
      asked: log.split('Asked for').length - 1,
      error: last?.body.error?.message,
      output: last?.body.output ?? {},
    };
  };
  return {
    read,
    async run(name: string, values: JsonObject = {}): Promise<string> {
      const { body, status } = await request(server)
        .post(at(''))
        .set(headers)
        .send({ templateRef: `template:default/${name}`, values });
      if (status !== 201) {
        throw new Error(`${status} ${JSON.stringify(body)}`);
      }
      return body.id;
    },
    retry: (id: string) =>
      request(server)
        .post(at(`/${id}/retry`))
        .set(headers)
        .send({}),
    cancel: (id: string) =>
      request(server)
        .post(at(`/${id}/cancel`))
        .set(headers),
    dryRun: (template: JsonObject, values: JsonObject = {}) =>
      request(server)
        .post('/api/scaffolder/v2/dry-run')
        .set(headers)
        .send({ template, values, secrets: {}, directoryContents: [] }),
    /** The task once it has asked the gate so often, and failed. */
    failsAfter: (id: string, asked: number): Promise<Task> =>
      eventually(async () => {
        const task = await read(id);
        expect([task.status, task.asked]).toEqual(['failed', asked]);
        return task;
      }, 30_000),
    /** The task once it is in that state. */
    becomes: (id: string, status: string): Promise<Task> =>
      eventually(async () => {
        const task = await read(id);
        expect([task.status, task.error, task.log]).toEqual([
          status,
          task.error,
          task.log,
        ]);
        return task;
      }, 30_000),
  };
}

/** The scaffolder's rows of tasks. */
export function taskRows() {
  const services: { database?: DatabaseService } = {};
  return {
    module: createBackendModule({
      pluginId: 'scaffolder',
      moduleId: 'task-rows',
      register(reg) {
        reg.registerInit({
          deps: { database: coreServices.database },
          init: async ({ database }) => {
            services.database = database;
          },
        });
      },
    }),
    /** What the scaffolder does with a task whose process has died. */
    async recover(id: string): Promise<void> {
      const knex = await services.database!.getClient();
      await knex('tasks').where({ id }).update({ status: 'open' });
    },
  };
}
