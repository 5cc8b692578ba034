import { generateKeyPairSync } from 'node:crypto';
import { crmOrgName } from '@tandem/domain';
import { aSite, type EventFaults, type OrgFeature } from '@tandem/domain/testing';
import { startSalesforceTwin } from '@tandem/vendor-twins';
import { eventually } from '../../support/eventually.js';
import { askJson } from '../../support/stack/json-http.js';
import type { CrmTarget } from './target.js';

const OBJECTS = 'libs/adapters-salesforce/sfdx/force-app/main/default/objects';
const NAME = crmOrgName('main');
const USER = 'tandem@aurora.example';
const CREDENTIALS = { clientId: 'contract', clientSecret: 'contract-secret' };

/** What an org is that has each feature; the plain one comes first. */
const PLAIN: ReadonlySet<OrgFeature> = new Set(['many-currencies']);
const RICH: ReadonlySet<OrgFeature> = new Set(['one-currency', 'coded-places', 'person-accounts']);

/** A twin of its own, on free ports; one more for the features that the first has not. */
export async function crmTwinTarget(features: ReadonlySet<OrgFeature> = PLAIN): Promise<CrmTarget> {
  const keys = newKeys();
  const twin = await startSalesforceTwin({
    port: 0,
    pubsubPort: 0,
    objectsFolder: OBJECTS,
    clients: [{ ...CREDENTIALS, runAs: USER, publicKeyPem: keys.publicKey }],
    features: {
      multiCurrency: features.has('many-currencies'),
      stateCountryPicklists: features.has('coded-places'),
      personAccounts: features.has('person-accounts'),
    },
  });
  const { pubsub } = await askJson<{ pubsub: string }>('GET', `${twin.url}/control/events`);
  const plain = await askJson<Record<string, unknown>>('GET', `${twin.url}/control/chaos`);
  const chaos = (switches: object) => askJson<undefined>('PUT', `${twin.url}/control/chaos`, { body: switches });
  return {
    name: NAME,
    org: {
      loginUrl: twin.url,
      ...CREDENTIALS,
      assertion: { privateKeyPem: keys.privateKey, username: USER, audience: 'https://login.salesforce.com' },
      eventsUrl: `http://${pubsub}`,
      features,
    },
    site: aSite({ crmOrg: NAME }),
    lacks: new Map(),
    other: () => crmTwinTarget(features === PLAIN ? RICH : PLAIN),
    listened: async (count) => {
      await eventually('the subscription reaches the org', async () => {
        const { streams } = await askJson<{ streams: number }>('GET', `${twin.url}/control/events`);
        return streams >= count ? true : undefined;
      });
    },
    sendEvents: (faults) => chaos(switchesOf(faults)),
    restore: () => chaos(settled(plain)),
    close: () => twin.close(),
  };
}

const newKeys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

const switchesOf = ({
  gaps,
  copies = 0,
  positionBytes = 8,
  forgottenPositions = 0,
  denied,
  deliveriesSpent,
}: EventFaults) => ({
  gapRatio: gaps === true ? 1 : 0,
  duplicateEvents: copies,
  replayIdBytes: positionBytes,
  corruptedCursors: forgottenPositions,
  subscribeDenied: denied === true,
  deliveryQuotaExceeded: deliveriesSpent === true,
});

/** The switches that the kit turns, as they were. */
const settled = (plain: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.keys(switchesOf({})).map((name) => [name, plain[name]]));
