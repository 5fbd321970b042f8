// Tests that need tools or files from outside the repository (kubectl, the
// recorded exchanges): `npx jest --config jest.contract.config.js`.
const base = require('@backstage/cli/config/jest');

module.exports = async () => ({
  ...(await base),
  testMatch: ['**/*.contract.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
});
