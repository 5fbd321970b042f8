import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import {
  environmentOf,
  type EstateSimulator,
} from '@causeway/estate-simulator';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(__dirname, '../../../../..');

/** The ports that app-config.simulator.yaml counts on. */
const shippedHost = '127.0.0.1:7100';

/**
 * The configuration of `npm start` as it is shipped, pointed at an estate on
 * free ports and quicker to ask again.
 *
 * @param folder - where the estate's kubeconfig may lie
 * @param more - what else is configured, over everything else
 */
export async function portalConfig(
  estate: EstateSimulator,
  folder: string,
  database: JsonObject,
  more: JsonObject = {},
): Promise<JsonObject> {
  const dataDir = await mkdtemp(join(folder, 'estate-'));
  const { variables } = environmentOf(estate, dataDir);
  await writeFile(variables.CAUSEWAY_ESTATE_KUBECONFIG, estate.kubeconfig);
  await writeFile(
    variables.CAUSEWAY_ESTATE_OPERATOR_KUBECONFIG,
    estate.operatorKubeconfig,
  );
  const { host } = new URL(estate.urls.http);
  const read = async (name: string) => ({
    context: name,
    data: parse(
      (await readFile(join(root, name), 'utf8'))
        .replaceAll(shippedHost, host)
        .replaceAll('../../', `${root}/`)
        .replace(/\$\{(\w+)\}/g, (_, variable) => {
          if (variables[variable] === undefined) {
            throw new Error(
              `${name} asks for ${variable}, which no estate sets`,
            );
          }
          return variables[variable];
        }),
    ) as JsonObject,
  });
  return ConfigReader.fromConfigs([
    await read('app-config.yaml'),
    await read('app-config.simulator.yaml'),
    {
      context: 'test',
      data: {
        backend: { database },
        // What a Location says is read again within a test.
        catalog: { processingInterval: { seconds: 5 } },
        causeway: {
          estate: {
            poll: { milliseconds: 500 },
            // What is doubted is believed when the next list says it again.
            guard: { confirmAfter: { milliseconds: 0 } },
            claims: {
              refresh: { seconds: 1 },
              trustedLocations: [
                `url:${estate.urls.http}/meridian/ledger/blob/main/*`,
              ],
            },
          },
          catalog: {
            poll: { milliseconds: 500 },
            restore: { milliseconds: 500 },
          },
        },
      },
    },
    { context: 'more', data: more },
  ]).get<JsonObject>();
}
