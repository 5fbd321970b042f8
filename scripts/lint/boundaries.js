// Who may import whom (docs/contributing/architecture.md). Between packages by
// name, inside the backend by folder; tests may reach further, because they
// bring the rooms together.
const path = require('node:path');

const common = '@causeway/backstage-plugin-causeway-common';
const node = '@causeway/backstage-plugin-causeway-node';

const allowed = {
  '@causeway/backstage-plugin-causeway-common': [],
  '@causeway/backstage-plugin-causeway-node': [common],
  '@causeway/backstage-plugin-causeway-backend': [common, node],
  '@causeway/backstage-plugin-catalog-backend-module-causeway': [common, node],
  '@causeway/backstage-plugin-scaffolder-backend-module-causeway': [common],
  '@causeway/backstage-plugin-auth-backend-module-personas': [],
  '@causeway/backstage-plugin-causeway': [common],
  '@causeway/cli': [common],
  '@causeway/estate-simulator': [],
};

// Rooms of the backend, each with the rooms that it must not know.
const closedRooms = {
  estate: ['governance', 'insights', 'actions'],
  governance: ['insights', 'actions'],
  insights: ['actions'],
};

module.exports = function boundaries(dir) {
  const { name } = require(path.join(dir, 'package.json'));
  const mayImport = allowed[name];
  if (!mayImport) {
    throw new Error(
      `${name} has no entry in scripts/lint/boundaries.js: say which packages of ours it may import`,
    );
  }
  const zones = Object.entries(closedRooms).map(([room, from]) => ({
    target: path.join(dir, 'src', room),
    from: from.map(other => path.join(dir, 'src', other)),
    message: `src/${room} knows nothing of this room (docs/contributing/architecture.md)`,
  }));
  const wiring = {
    target: ['actions', ...Object.keys(closedRooms)].map(room =>
      path.join(dir, 'src', room),
    ),
    from: path.join(dir, 'src', 'plugin.ts'),
    message: 'plugin.ts only wires: nobody imports it',
  };
  return {
    // Without it relative imports of TypeScript files resolve to nothing, and
    // the zones below would never match.
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
    },
    restrictedImportPatterns: [
      '@causeway/*',
      ...mayImport.map(one => `!${one}`),
    ],
    rules: {
      'import/no-restricted-paths': ['error', { zones: [...zones, wiring] }],
    },
  };
};
