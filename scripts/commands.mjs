/**
 * Every command of the workshop, by the name it has in package.json. Each runs on the Node 24 that npm brought.
 * Files below `dist` are built from TypeScript by `build.mjs` before the command starts.
 */
export const commands = {
  demo: { file: 'test/dist/demo/main.js', says: 'the twins, the service and a day of orders, end to end' },
  golden: { file: 'test/dist/golden/main.js', says: 'the golden orders, each with what both sides hold in the end' },
  contract: { file: 'test/dist/contract/main.js', says: 'what adapter and OMS keep together, claim by claim' },
  mutants: {
    file: 'test/dist/contract/mutants/main.js',
    says: 'plants misreadings in the adapter: each must break the contract',
  },
  chaos: {
    file: 'test/dist/recovery/campaign/main.js',
    says: 'plants faults while two replicas work, then checks the invariants',
  },
  bench: { file: 'test/dist/bench/main.js', says: 'ours, the raw limit and the peers, measured in one run' },
  'sync-api': { file: 'apps/sync-api/dist/src/main.js', says: 'the service itself, configured by TANDEM_… variables' },
  topology: {
    file: 'apps/sync-api/dist/src/topology-papers.js',
    says: 'what the team of a RabbitMQ has to make there: definitions or a script',
  },
  twins: { file: 'apps/vendor-twins/dist/src/main.js', says: 'the twins of both vendors, alone' },
  'salesforce-package': {
    file: 'scripts/salesforce-package.mjs',
    says: 'checks the package for the org: manifest, Apex, components',
  },
  docs: { file: 'scripts/docs.mjs', says: 'writes the papers that follow from the code' },
  test: { file: 'scripts/test.mjs', says: 'the tests; --unit for those that need nothing' },
  check: { file: 'scripts/check.mjs', says: 'types, lint, boundaries, format, dead code, unit tests' },
};

export function listCommands() {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return Object.entries(commands)
    .map(([name, { says }]) => `  npm run ${name.padEnd(width)}   ${says}`)
    .join('\n');
}
