/** Violations to be refused, and beside them what the same folder is allowed. The import table as a whole is in import-matrix.ts. */

const importOf = (file: string) => (source: string) => ({ file, source });

const domain = importOf('libs/domain/src/orders/planted.ts');
const adapter = importOf('libs/adapters-manhattan/src/planted.ts');
const messaging = importOf('libs/messaging/src/outbox/planted.ts');
const orders = importOf('apps/sync-api/src/orders/planted.ts');
const twins = importOf('apps/vendor-twins/src/manhattan/planted.ts');
const tests = importOf('test/flows/planted.e2e-spec.ts');

/** Ways around the table. */
export const forbiddenImports = [
  ...['fs', 'node:fs/promises', '../../testing/index.js', '../../../messaging/src/index.js'].map(domain),
  ...['jsforce/lib/connection', '../../adapters-salesforce/src/index.js', '@tandem/domain/src/index.js'].map(adapter),
  ...['@tandem/domain/src/orders/order.js', '@tandem/domain/dist/src/index.js', '@tandem/loyalty'].map(messaging),
  ...['../app.module.js', '../persistence/rows.js', '../../src/customers/sync.js', '@tandem/sync-api'].map(orders),
  ...['../../../../libs/domain/src/index.js', '../../../vendor-twins/src/index.js'].map(orders),
  ...['../../../../libs/adapters-manhattan/src/index.js', '../../../sync-api/src/main.js'].map(twins),
  ...['../../libs/messaging/src/outbox/relay.js', '@tandem/messaging/src/outbox/relay.js'].map(tests),
  importOf('apps/sync-api/src/reporting/planted.ts')('@tandem/domain'),
  importOf('libs/adapters-loyalty/src/planted.ts')('@tandem/domain'),
];

export const permittedImports = [
  ...['./order.js', '../money/minor.js', '../index.js'].map(domain),
  ...['./faults.js', 'undici', '@nestjs/common', 'node:fs/promises', 'fs'].map(adapter),
  ...['../platform/run-command.js', './submission.js', '@nestjs/cqrs'].map(orders),
  ...['fastify', '../catalog.js', '../salesforce/org.js'].map(twins),
  ...['../support/stack.js', '@tandem/domain/testing'].map(tests),
];

const restricted = 'no-restricted-syntax';
const inDomain = (code: string, rule = restricted) => ({ file: 'libs/domain/src/orders/planted.ts', code, rule });
const inFlow = (code: string, rule = restricted) => ({ file: 'apps/sync-api/src/orders/planted.ts', code, rule });
const inSpec = (code: string, rule = restricted) => ({ file: 'libs/domain/src/orders/planted.spec.ts', code, rule });

export const forbiddenWords = [
  inDomain('export const now = Date.now();'),
  inDomain('export const now = new Date();'),
  inDomain('export const now = Date();'),
  inDomain('export const dice = Math.random();'),
  inDomain('export const id = crypto.randomUUID();'),
  inDomain('export const home = process.env;'),
  inDomain('export const code = process.pid;', 'no-restricted-globals'),
  inDomain('export const later = () => setTimeout(() => 1, 5);', 'no-restricted-globals'),
  inDomain('export const salesforceOrder = 1;'),
  inDomain('export class ManhattanOrders {}'),
  inDomain(`export const broker = 'RabbitMQ';`),
  inDomain('export const note = (n: string) => `sent to Salesforce ${n}`;'),
  inDomain('export class NestModule {}'),
  inDomain(`export const framework = 'Nest';`),
  inDomain(`export const driver = 'typeorm';`),
  inDomain(`export const id = 'x' as unknown;`),
  inDomain('export const loose: any = 1;', '@typescript-eslint/no-explicit-any'),
  inDomain('export const sure = (n?: string) => n!.length;', '@typescript-eslint/no-non-null-assertion'),
  inDomain('export enum Side { Crm, Oms }'),
  inDomain(`console.log('here');`, 'no-console'),
  inDomain(`${'export const line = 1;\n'.repeat(1)}${'// filler\n'.repeat(301)}`, 'max-lines'),
  inDomain(`export function long() {\n${'  work();\n'.repeat(41)}}\n`, 'max-lines-per-function'),
  inDomain('export function deep() { if (a) { if (b) { if (c) { if (d) { e(); } } } } }', 'max-depth'),
  inFlow('export const now = Date.now();'),
  inFlow('export const now = new Date();'),
  inFlow('export const id = randomUUID();'),
  inFlow('export const home = process.env;'),
  inFlow(`export const crm = 'salesforce';`),
  inFlow('export class ManhattanFeed {}'),
  inFlow(`import { EventBus } from '@nestjs/cqrs'; export { EventBus };`),
  { file: 'libs/messaging/src/planted.ts', code: 'export const now = Date.now();', rule: restricted },
  { file: 'libs/adapters-manhattan/src/planted.ts', code: 'export const home = process.env;', rule: restricted },
  { file: 'apps/sync-api/src/platform/planted.ts', code: 'export class SalesforceAuth {}', rule: restricted },
  { file: 'apps/sync-api/src/persistence/planted.ts', code: 'export class ManhattanRow {}', rule: restricted },
  { file: 'apps/vendor-twins/src/planted.ts', code: `console.log('here');`, rule: 'no-console' },
  inSpec(`it('should work', () => undefined);`),
  inSpec('export const wait = () => new Promise((done) => setTimeout(done, 5));'),
  inSpec(`import 'node:timers/promises';`),
];

export const permittedWords = [
  inDomain('export const at = (text: string) => new Date(text);'),
  inDomain('export const nestedLines = 1;'),
  inDomain(`export const sides = ['crm', 'oms'] as const;`),
  inDomain(
    'export function shallow() { if (a) { if (b) { if (c) { e(); } } } }\ndeclare const a: 1, b: 1, c: 1, e: () => void;',
  ),
  inFlow('export const pid = process.pid;'),
  inSpec(`it('works', () => undefined);`),
  { file: 'apps/sync-api/src/platform/planted.ts', code: 'export const home = process.env;' },
  { file: 'apps/sync-api/src/app.module.ts', code: 'export class SalesforceBinding { at = new Date(); }' },
  { file: 'apps/vendor-twins/src/main.ts', code: `console.log('here');` },
];

/** Code for one file; the lines that end in a rule's name are to be refused by that rule, and no others. */
export const typedCode = `
export function forgetful(side: 'crm' | 'oms'): string {
  switch (side) { // switch-exhaustiveness-check
    case 'crm':
      return 'one';
  }
  return '';
}

export function complete(side: 'crm' | 'oms'): string {
  switch (side) {
    case 'crm':
      return 'one';
    case 'oms':
      return 'other';
  }
}

export async function start(work: () => Promise<void>): Promise<void> {
  work(); // no-floating-promises
  void work(); // no-floating-promises
  await work();
}
`;
