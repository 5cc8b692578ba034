import type { CapturedAccount, CrmRecordId } from '@tandem/domain';
import { present, same } from '../checks.js';
import { crmClaimsOf } from './claim.js';
import type { CrmWorld } from './crm-world.js';
import { nobody } from './scene.js';

/** Accounts, contacts and persons as customers. */
const { claims, claim } = crmClaimsOf('customers');
export const customers = claims;

const HOME = { street: '12 Larch Lane\nFlat 2', city: 'Fernhill', state: 'GA', postalCode: '30301', country: 'US' };
const QUAY = { street: '1 Quay', city: 'Moss', postalCode: 'D02', country: 'IE' };

async function accountOf(world: CrmWorld, id: CrmRecordId): Promise<CapturedAccount> {
  const found = await world.ports().customers.read(world.site.crmOrg, [id]);
  return present('the account', found.get(id));
}

claim('owner-account', '§4.1', 'A changed account is a customer by its own key', async (world) => {
  const key = world.newKey();
  const id = await world.desk.enterAccount({ name: 'Northwind Fern', key, billing: HOME });
  const owners = await world.ports().customers.owners(world.site.crmOrg, [{ entity: 'account', id }]);
  const head = present('the owner', owners.get(id));
  same('the key', [head.accountId, head.key], [id, key]);
});
claim('owner-contact', '§4.1', 'A changed contact belongs to the customer of its account', async (world) => {
  const key = world.newKey();
  const account = await world.desk.enterAccount({ name: 'Northwind Fern', key });
  const id = await world.desk.enterContact(account, { lastName: 'Oakfield' });
  const owners = await world.ports().customers.owners(world.site.crmOrg, [{ entity: 'contact', id }]);
  same('the owner', [owners.get(id)?.accountId, owners.get(id)?.key], [account, key]);
});
claim('owner-none', '§4.1', 'A contact without an account belongs to nobody', async (world) => {
  const id = await world.desk.enterContact(undefined, { lastName: 'Oakfield' });
  const owners = await world.ports().customers.owners(world.site.crmOrg, [{ entity: 'contact', id }]);
  same('the owners', owners.size, 0);
});
claim(
  'owner-without-key',
  '§4.1',
  'An account without a key is found, and is no customer of its own',
  async (world) => {
    const id = await world.desk.enterAccount({ name: 'Guests' });
    const owners = await world.ports().customers.owners(world.site.crmOrg, [{ entity: 'account', id }]);
    same('the key', present('the owner', owners.get(id)).key, undefined);
  },
);
claim('owner-gone', '§2.2', 'A record that is not there is left out, and its neighbour answered', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Northwind Fern', key: world.newKey() });
  const gone = nobody(id);
  const asked = [gone, id].map((one) => ({ entity: 'account', id: one }) as const);
  const owners = await world.ports().customers.owners(world.site.crmOrg, asked);
  same('the owners', [...owners.keys()], [id]);
});
claim('account', '§4.1', 'An account is read with key, phone and exemption', async (world) => {
  const key = world.newKey();
  const id = await world.desk.enterAccount({ name: 'Fern & Co', key, phone: '+15550100', taxExemptId: 'EX-9' });
  const account = await accountOf(world, id);
  same('the values', [account.key, account.phone.value, account.taxExemptId.value], [key, '+15550100', 'EX-9']);
});
claim('addresses', '§4.1', 'Billing and shipping address are read with each line of the street', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey(), billing: HOME, shipping: QUAY });
  const { addresses } = await accountOf(world, id);
  same(
    'the addresses',
    addresses.map(({ use, lines, city, postalCode }) => [use, lines.value, city.value, postalCode.value]).sort(),
    [
      ['billing', ['12 Larch Lane', 'Flat 2'], 'Fernhill', '30301'],
      ['shipping', ['1 Quay'], 'Moss', 'D02'],
    ],
  );
});
claim(
  'field-names',
  '§4.1',
  'Each value is read with the name of its field, so that a complaint can name it',
  async (world) => {
    const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey(), billing: HOME });
    const [billing] = (await accountOf(world, id)).addresses;
    same('the field', billing?.city.field, 'Account.BillingCity');
  },
);
claim('no-address', '§4.1', 'An account without an address has none', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  same('the addresses', (await accountOf(world, id)).addresses, []);
});
claim('gone', '§2.2', 'An account that was deleted is left out', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  await world.desk.remove('account', id);
  same('the accounts', (await world.ports().customers.read(world.site.crmOrg, [id])).size, 0);
});
claim('changed', '§4.1', 'An account is read as it now is', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey(), billing: HOME });
  await world.desk.changeAccount(id, { billing: { city: 'Elmstead' } });
  same('the city', (await accountOf(world, id)).addresses[0]?.city.value, 'Elmstead');
});
claim(
  'person',
  '§4.1',
  'A person who is an account is read with names and e-mail of the person',
  async (world) => {
    const org = await world.orgWith('person-accounts');
    const names = { firstName: 'Mira', lastName: 'Oakfield', email: 'mira@example.test' };
    const id = await org.desk.enterAccount({ ...names, key: org.newKey() });
    const { firstName, lastName, email } = await accountOf(org, id);
    same('the person', [firstName.value, lastName.value, email.value], ['Mira', 'Oakfield', 'mira@example.test']);
  },
  'person-accounts',
);
claim(
  'codes',
  '§4.6',
  'Where the org keeps codes, states and countries are read as codes',
  async (world) => {
    const org = await world.orgWith('coded-places');
    const id = await org.desk.enterAccount({ ...{ lastName: 'Oakfield', key: org.newKey() }, billing: HOME });
    const [billing] = (await accountOf(org, id)).addresses;
    same('the codes', [billing?.state.value, billing?.country.value], ['GA', 'US']);
  },
  'coded-places',
  'person-accounts',
);
