import { readFileSync } from 'node:fs';
import { crmOrgName } from '@tandem/domain';
import { aSite, type CrmCapability, type OrgFeature } from '@tandem/domain/testing';
import type { CrmTarget } from '../contract/salesforce/target.js';

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'TANDEM_SANDBOX_CRM_';
const REQUIRED = ['LOGIN_URL', 'CLIENT_ID', 'CLIENT_SECRET'] as const;
const NAME = crmOrgName('main');
const FEATURES: readonly OrgFeature[] = ['many-currencies', 'one-currency', 'coded-places', 'person-accounts'];

/**
 * An org of the vendor with the package installed, named by `TANDEM_SANDBOX_CRM_…`. The kit changes nothing there but records of its own
 * naming; what depends on the org's settings is skipped unless a variable says that it is offered.
 * @throws naming every variable that is missing
 */
export function crmSandboxTarget(environment: Environment): CrmTarget {
  const read = (name: string) => environment[`${PREFIX}${name}`] ?? '';
  const missing = REQUIRED.filter((name) => read(name) === '').map((name) => `${PREFIX}${name}`);
  if (missing.length > 0) throw new Error(`The sandbox needs ${missing.join(', ')}.`);
  const features = new Set(FEATURES.filter((feature) => read('FEATURES').split(',').includes(feature)));
  const assertion =
    read('KEY_FILE') === ''
      ? undefined
      : {
          privateKeyPem: readFileSync(read('KEY_FILE'), 'utf8'),
          username: read('USERNAME'),
          audience: read('AUDIENCE') || 'https://test.salesforce.com',
        };
  return {
    name: NAME,
    org: {
      loginUrl: read('LOGIN_URL'),
      clientId: read('CLIENT_ID'),
      clientSecret: read('CLIENT_SECRET'),
      assertion,
      eventsUrl: read('EVENTS_URL') || undefined,
      features,
    },
    site: aSite({ crmOrg: NAME }),
    lacks: lacking(features, assertion !== undefined, read('EVENTS_URL') !== ''),
    other: (feature) => Promise.reject(new Error(`No org with ${feature} is named.`)),
    // A sandbox does not say who listens: its subscriptions begin within this time.
    listened: () => Promise.resolve(),
    sendEvents: () => Promise.reject(new Error('How a sandbox sends its events is its own.')),
    restore: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** Each thing that this org does not offer, with the reason. */
function lacking(features: ReadonlySet<OrgFeature>, signs: boolean, listens: boolean): Map<CrmCapability, string> {
  const lacks = new Map<CrmCapability, string>([['event-faults', 'How a sandbox sends its events is its own.']]);
  for (const feature of FEATURES) {
    if (!features.has(feature))
      lacks.set(feature, `The org is not said to have it: ${PREFIX}FEATURES lacks ${feature}.`);
  }
  if (!signs) lacks.set('assertion', `No key is named: ${PREFIX}KEY_FILE is not set.`);
  if (!listens) {
    for (const capability of ['events', 'agent-requests'] as const) {
      lacks.set(capability, `Nobody may listen: ${PREFIX}EVENTS_URL is not set.`);
    }
  }
  return lacks;
}
