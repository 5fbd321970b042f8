import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonFinding, runCli, withFiles } from './testUtils';

// Where the machine has a keychain, the login would be looked for there.
jest.mock(
  'keytar',
  () => {
    throw new Error('no keychain');
  },
  { virtual: true },
);

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let handler: Handler;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => handler(request, response));
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => {
    server.close(resolve);
  });
});

const json = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const item = (kind: string, name: string, more = {}) => ({
  kind,
  metadata: {
    name,
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location': `url:https://example.com/${name}`,
    },
  },
  ...more,
});

/** A catalog that works: two pages, and a scaffolder. */
const healthy: Handler = (request, response) => {
  const { pathname, searchParams } = new URL(request.url!, url);
  if (request.headers.authorization !== 'Bearer s3cret') {
    json(response, { error: {} }, 401);
  } else if (pathname === '/api/scaffolder/v2/actions') {
    json(response, [
      {
        id: 'acme:ticket',
        schema: { input: { type: 'object', required: ['title'] } },
      },
    ]);
  } else if (searchParams.get('cursor') === 'two') {
    json(response, {
      items: [
        item('Component', 'cart', {
          relations: [
            { type: 'dependsOn', targetRef: 'component:default/shop' },
          ],
        }),
      ],
      totalItems: 2,
      pageInfo: {},
    });
  } else {
    json(response, {
      items: [item('Group', 'team')],
      totalItems: 2,
      pageInfo: { nextCursor: 'two' },
    });
  }
};

const shop = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: shop}
spec: {type: service, lifecycle: production, owner: team, system: web, dependsOn: ['component:cart']}
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: {name: new}
spec:
  type: service
  owner: team
  steps:
    - {id: a, action: 'acme:ticket', input: {}}
    - {id: b, action: 'acme:other', input: {}}
`;

const env = { CAUSEWAY_TOKEN: 's3cret' };

describe('a live catalog', () => {
  it('resolves what the files do not hold, cycles and actions included', async () => {
    handler = healthy;
    await withFiles({ 'catalog-info.yaml': shop }, async cwd => {
      const taken = await runCli(
        ['catalog', 'snapshot', '--url', `${url}/`, '--out', 'catalog.json'],
        { cwd, env },
      );
      expect(taken).toMatchObject({ code: 0, stdout: '' });
      expect(taken.stderr).toContain('2 entities and 1 actions');
      expect(readFileSync(join(cwd, 'catalog.json'), 'utf8')).not.toContain(
        's3cret',
      );
      const offline = await runCli(
        ['catalog', 'validate', '--snapshot', 'catalog.json', '-f', 'json'],
        { cwd },
      );
      const rules = JSON.parse(offline.stdout).findings.map(
        (one: JsonFinding) => `${one.place.line} ${one.rule}`,
      );
      expect(rules).toEqual([
        '4 reference-missing',
        '4 cycle-depends-on',
        '13 template-action-input',
        '14 template-action-unknown',
      ]);
      const live = await runCli(
        ['catalog', 'validate', '--live', url, '-f', 'json'],
        { cwd, env },
      );
      expect(JSON.parse(live.stdout).findings).toEqual(
        JSON.parse(offline.stdout).findings,
      );
      // What the files stand for no longer counts when the files lack it.
      const own = await runCli(
        [
          'catalog',
          'validate',
          '--snapshot',
          'catalog.json',
          '--own-location',
          'url:https://example.com/',
          '-f',
          'json',
        ],
        { cwd },
      );
      expect(
        JSON.parse(own.stdout).findings.filter(
          (one: JsonFinding) => one.rule === 'reference-missing',
        ),
      ).toHaveLength(4);
    });
  });

  const broken: [string, Handler, string][] = [
    [
      'refuses',
      (_, response) => json(response, {}, 403),
      'answers 403: give a token',
    ],
    [
      'is not there',
      (_, response) => json(response, {}, 404),
      'is this the address of a Backstage backend?',
    ],
    ['fails', (_, response) => json(response, {}, 500), 'answers 500'],
    [
      'stays overloaded',
      (_, response) =>
        void response.writeHead(503, { 'retry-after': '0' }).end(),
      'answers 503',
    ],
    [
      'redirects',
      (_, response) =>
        void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'redirect, which is not followed',
    ],
    [
      'answers with a page for people',
      (_, response) => void response.end('<html>'),
      'something other than JSON',
    ],
    [
      'answers with something else',
      (_, response) => json(response, []),
      'other than a page of entities',
    ],
    [
      'gives things that are no entities',
      (_, response) => json(response, { items: [null] }),
      'something that is no entity',
    ],
    [
      'never ends',
      (_, response) =>
        json(response, {
          items: [item('Group', 'a')],
          pageInfo: { nextCursor: 'again' },
        }),
      'same page again and again',
    ],
    [
      'gives half of what it says',
      (_, response) =>
        json(response, {
          items: [item('Group', 'a')],
          totalItems: 20,
          pageInfo: {},
        }),
      'has 20 entities and gave 1',
    ],
    [
      'shows nothing',
      (_, response) => json(response, { items: [], totalItems: 0 }),
      'shows no entity at all: give a token that may read the catalog',
    ],
    ['is silent', () => {}, 'no answer within 0.2 s'],
    [
      'stops in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"items": [');
      },
      'no answer within 0.2 s',
    ],
    [
      'breaks off',
      request => void request.socket.destroy(),
      'cannot be reached',
    ],
    [
      'floods',
      (_, response) => {
        response.writeHead(200);
        const block = Buffer.alloc(1024 * 1024, 32);
        const send = () => {
          while (!response.destroyed && response.write(block));
        };
        response.on('drain', send);
        send();
      },
      'answers with more than',
    ],
  ];

  it.each(broken)('that %s is a clear fault', async (_, act, message) => {
    handler = act;
    await withFiles({ 'catalog-info.yaml': shop }, async cwd => {
      const timeout = message.includes('0.2 s') ? '0.2' : '20';
      const { code, stdout, stderr } = await runCli(
        ['catalog', 'validate', '--live', url, '--timeout', timeout],
        { cwd, env },
      );
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/s3cret|\n\s+at /);
    });
  });

  it.each([429, 502, 503, 504])(
    'that answers %s for a moment is asked again',
    async status => {
      let refusals = 2;
      handler = (request, response) => {
        if (refusals > 0) {
          refusals -= 1;
          response.writeHead(status, { 'retry-after': '0' }).end();
        } else {
          healthy(request, response);
        }
      };
      await withFiles({}, async cwd => {
        const { code, stdout } = await runCli(
          ['catalog', 'snapshot', '--url', url],
          { cwd, env },
        );
        expect(code).toBe(0);
        expect(JSON.parse(stdout).entities).toHaveLength(2);
      });
    },
  );

  it('and a snapshot are not taken together', async () => {
    await withFiles(
      { 'catalog-info.yaml': shop, 's.json': '{}' },
      async cwd => {
        const run = (...args: string[]) =>
          runCli(['catalog', 'validate', ...args], { cwd, env });
        for (const args of [
          ['--live', url, '--snapshot', 's.json'],
          ['--complete', '--snapshot', 's.json'],
          ['--complete', '--live', url],
        ]) {
          const { code, stderr } = await run(...args);
          expect(code).toBe(2);
          expect(stderr).toMatch(/--\w+ and --\w+ contradict each other/);
        }
      },
    );
  });

  it('says what is wrong with an address or a snapshot', async () => {
    await withFiles(
      {
        'catalog-info.yaml': shop,
        's.json': '{"version": 1, "entities": [{}]}',
        'none.json': '{"version": 1, "entities": []}',
      },
      async cwd => {
        const run = (...args: string[]) =>
          runCli(['catalog', ...args], { cwd });
        expect((await run('snapshot')).stderr).toContain('Say which catalog');
        expect((await run('snapshot', '--url', 'nope')).stderr).toContain(
          'nope is not a URL',
        );
        expect(
          (await run('snapshot', '--url', 'file:///etc')).stderr,
        ).toContain('neither http nor https');
        expect(
          (await run('validate', '--snapshot', 's.json')).stderr,
        ).toContain('its entity 0 lacks');
        expect(await run('validate', '--snapshot', 'none.json')).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('none.json holds no entity'),
        });
        expect(
          (await run('validate', '--snapshot', 'catalog-info.yaml')).stderr,
        ).toContain('is not JSON');
      },
    );
  });
});

describe('URLs of Locations', () => {
  const location = (target: string) =>
    `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: l}\nspec: {targets: ['${target}']}\n`;

  it('are read of the hosts that were named, and of no other', async () => {
    const asked: string[] = [];
    handler = (request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.end(
        {
          '/b.yaml': location('./more/c.yaml'),
          '/more/c.yaml': `${location('../b.yaml')}---\napiVersion: backstage.io/v1alpha1\nkind: Componet\nmetadata: {name: c, annotations: {backstage.io/techdocs-ref: 'dir:.'}}\nspec: {definition: {$text: ./d.yaml}}\n`,
        }[request.url!] ?? 'kind: [',
      );
    };
    await withFiles(
      {
        'catalog-info.yaml': location(`${url}/a.yaml`),
        'b/catalog-info.yaml': location(`${url}/b.yaml`).replace(
          'name: l',
          'name: m',
        ),
      },
      async cwd => {
        const none = await runCli(['catalog', 'validate'], { cwd, env });
        expect({ code: none.code, asked }).toEqual({ code: 0, asked: [] });
        const other = await runCli(
          ['catalog', 'validate', '--follow-urls', 'example.com'],
          { cwd, env },
        );
        expect({ code: other.code, asked }).toEqual({ code: 1, asked: [] });
        expect(other.stdout).toContain('is not among the hosts');
        const host = new URL(url).host;
        const { stdout, code } = await runCli(
          ['catalog', 'validate', '--follow-urls', host, '-f', 'json'],
          { cwd, env },
        );
        expect(code).toBe(1);
        expect(asked.sort()).toEqual([
          '/a.yaml undefined',
          '/b.yaml undefined',
          // Relative targets of what a URL gave are beside it, each read once.
          '/more/c.yaml undefined',
        ]);
        const findings: string[] = JSON.parse(stdout).findings.map(
          (one: JsonFinding) => `${one.file} ${one.rule}`,
        );
        expect(findings).toContain(`${url}/a.yaml yaml-syntax`);
        expect(findings).toContain(`${url}/more/c.yaml kind-unknown`);
        // Nothing of this disk is held against what lies elsewhere.
        expect(findings.join()).not.toMatch(
          /(b|c)\.yaml (location-target|techdocs-ref|placeholder-target)/,
        );
      },
    );
  });
});

describe('URLs that cannot be read', () => {
  it('say what is wrong with them in their own terms', async () => {
    handler = (_, response) => json(response, {}, 404);
    const tree = {
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: l}\nspec: {target: '${url}/gone.yaml'}\n`,
    };
    await withFiles(tree, async cwd => {
      const run = (host: string) =>
        runCli(['catalog', 'validate', '--follow-urls', host], { cwd });
      const { stdout } = await run(new URL(url).host);
      expect(stdout).toContain(
        `The target cannot be read: ${url}/gone.yaml answers 404  location-target`,
      );
      for (const wrong of [url, `${new URL(url).host}/path`]) {
        expect(await run(wrong)).toMatchObject({
          code: 2,
          stderr: `error: --follow-urls and followUrls take hosts: ${new URL(url).host}, not ${wrong}\n`,
        });
      }
    });
  });
});

describe('URLs that include themselves', () => {
  const location = (name: string, ...targets: string[]) =>
    `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: ${name}}\nspec:\n  targets:\n${targets.map(one => `    - ${one}\n`).join('')}`;

  it('are read once and reported, however they are written', async () => {
    const asked: string[] = [];
    handler = (request, response) => {
      asked.push(request.url!);
      response.end(
        {
          '/self.yaml': location('self', './self.yaml'),
          '/a.yaml': location('a', `${url}/x/../b.yaml#top`),
          '/b.yaml': location('b', './a.yaml'),
        }[request.url!],
      );
    };
    const tree = {
      'catalog-info.yaml': location('l', `${url}/self.yaml`, `${url}/a.yaml`),
    };
    await withFiles(tree, async cwd => {
      const { stdout, code } = await runCli(
        [
          ...['catalog', 'validate', '-f', 'json', '--follow-urls'],
          new URL(url).host,
        ],
        { cwd },
      );
      expect(asked.sort()).toEqual(['/a.yaml', '/b.yaml', '/self.yaml']);
      expect(
        JSON.parse(stdout).findings.map(
          (one: JsonFinding) => `${one.file} ${one.place.line} ${one.rule}`,
        ),
      ).toEqual([
        `${url}/a.yaml 6 location-cycle`,
        `${url}/self.yaml 6 location-cycle`,
      ]);
      expect(code).toBe(0);
    });
  });
});

describe('a login of the Backstage CLI', () => {
  it('serves as the token, and goes to its own portal only', async () => {
    handler = healthy;
    await withFiles({ 'catalog-info.yaml': shop }, async cwd => {
      const home = join(cwd, 'home');
      const before = { ...process.env };
      process.env.XDG_CONFIG_HOME = home;
      process.env.XDG_DATA_HOME = home;
      const run = (...args: string[]) =>
        runCli(['catalog', 'snapshot', '--auth', ...args], { cwd });
      try {
        const missing = await run();
        expect(missing).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('Run "auth login"'),
        });
        const secrets = join(
          home,
          'backstage-cli/auth-secrets',
          encodeURIComponent('backstage-cli:auth-instance:portal'),
        );
        mkdirSync(secrets, { recursive: true });
        writeFileSync(join(secrets, 'accessToken.secret'), 's3cret');
        writeFileSync(
          join(home, 'backstage-cli/auth-instances.yaml'),
          `instances:\n  - {name: portal, baseUrl: '${url}', clientId: x, issuedAt: 1, accessTokenExpiresAt: ${Date.now() + 3_600_000}}\n`,
        );
        const taken = await run();
        expect(taken.stderr).toBe('');
        expect(JSON.parse(taken.stdout).entities).toHaveLength(2);
        const other = await run('--url', 'http://127.0.0.1:1');
        expect(other).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('its token is not sent to'),
        });
      } finally {
        process.env = before;
      }
    });
  });
});
