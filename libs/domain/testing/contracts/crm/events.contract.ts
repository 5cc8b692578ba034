import type { CrmHappening } from '@tandem/domain';
import { holds, present, same } from '../checks.js';
import { crmClaimsOf } from './claim.js';
import type { CrmWorld, Listening } from './crm-world.js';
import { entered, nobody, wordOf, written } from './scene.js';

/** What the CRM tells of its own accord. */
const { claims, claim } = crmClaimsOf('events', 'events');
export const events = claims;

const told = ({ envelopes }: Listening): readonly CrmHappening[] => envelopes.flatMap(({ happenings }) => happenings);
const changes = (listening: Listening) =>
  told(listening).flatMap((one) => (one.kind === 'record-changed' ? [one] : []));
const soon = (world: CrmWorld, listening: Listening, count = 1) =>
  world.eventually(`${count} happenings`, () =>
    Promise.resolve(told(listening).length >= count ? changes(listening) : undefined),
  );

claim('created', '§3.1', 'A new account is told of by its id', async (world) => {
  const listening = await world.listen('account');
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  const [first] = await soon(world, listening);
  same('the change', [first?.entity, first?.recordId, first?.change], ['account', id, 'created']);
});
claim('updated', '§3.1', 'A change is told of with the fields that changed, and no others', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  const listening = await world.listen('account');
  await world.desk.changeAccount(id, { phone: '+15550111' });
  const [first] = await soon(world, listening);
  same('the change', first?.change, 'updated');
  same(
    'the fields',
    first?.fields.filter((field) => !/LastModified/.test(field)),
    ['Phone'],
  );
});
claim('compound', '§3.1', 'A part of an address is told of by its path', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  const listening = await world.listen('account');
  const { fields } = await world.desk.changeAccount(id, { billing: { city: 'Elmstead' } });
  const [first] = await soon(world, listening);
  same(
    'the fields',
    first?.fields.filter((field) => /City/.test(field)),
    fields,
  );
});
claim('deleted', '§3.1', 'A deletion is told of', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  const listening = await world.listen('account');
  await world.desk.remove('account', id);
  same('the change', (await soon(world, listening))[0]?.change, 'deleted');
});
claim('contact', '§3.1', 'A change of a contact is told of', async (world) => {
  const account = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  const id = await world.desk.enterContact(account, { lastName: 'Oakfield' });
  const listening = await world.listen('contact');
  await world.desk.changeContact(id, { phone: '+15550112' });
  const [first] = await soon(world, listening);
  same('the change', [first?.entity, first?.recordId], ['contact', id]);
});
claim('order', '§3.1', 'A change of an order is told of', async (world) => {
  const { refs } = await entered(world);
  const listening = await world.listen('order');
  await world.desk.changeOrder(refs.order, { instructions: 'Ring twice' });
  const [first] = await soon(world, listening);
  same('the change', [first?.entity, first?.recordId], ['order', refs.order]);
});
claim('together', '§3.1', 'Changes of one transaction are told of each', async (world) => {
  const ids = [
    await world.desk.enterAccount({ name: 'Fern', key: world.newKey() }),
    await world.desk.enterAccount({ name: 'Moss', key: world.newKey() }),
  ] as const;
  const listening = await world.listen('account');
  await world.desk.changeTogether(ids.map((id) => [id, { phone: '+15550113' }] as const));
  const seen = await soon(world, listening, 2);
  same('the records', seen.map(({ recordId }) => recordId).sort(), [...ids].sort());
  same('the keys differ', new Set(seen.map(({ dedupeKey }) => dedupeKey)).size, 2);
});
claim('echo', '§2.8', 'What we wrote ourselves comes back as an echo', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  const listening = await world.listen('account');
  await world.desk.changeAccountAs('tandem', id, { phone: '+15550114' });
  const seen = await world.eventually('an event', () => Promise.resolve(listening.envelopes[0]));
  same('an echo', seen.isEcho, true);
});
claim('no-echo', '§2.8', 'What another client wrote is no echo', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  const listening = await world.listen('account');
  await world.desk.changeAccountAs('somebody', id, { phone: '+15550115' });
  const seen = await world.eventually('an event', () => Promise.resolve(listening.envelopes[0]));
  same('an echo', seen.isEcho, false);
});
claim('after', '§3.3', 'After a position that was kept, what came later is told and nothing before', async (world) => {
  const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
  const first = await world.listen('account');
  await world.desk.changeAccount(id, { phone: '+15550116' });
  await soon(world, first);
  const position = present('the position', first.position);
  await world.desk.changeAccount(id, { taxExemptId: 'EX-2' });
  const second = await world.listen('account', { position, keptAt: new Date() });
  const seen = await soon(world, second);
  same(
    'the fields',
    seen[0]?.fields.filter((field) => /__c/.test(field)),
    ['OMS_Tax_Exempt_Id__c'],
  );
});
claim(
  'repeat',
  '§3.5',
  'An event that comes again is known by its key',
  async (world) => {
    const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
    const listening = await world.listen('account');
    await world.sendEvents({ copies: 1 });
    await world.desk.changeAccount(id, { phone: '+15550117' });
    const seen = await soon(world, listening, 2);
    same('keys', new Set(seen.map(({ dedupeKey }) => dedupeKey)).size, 1);
  },
  'event-faults',
);
claim(
  'gap',
  '§3.5',
  'A change that the CRM cannot describe is told of as unclear',
  async (world) => {
    const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
    const listening = await world.listen('account');
    await world.sendEvents({ gaps: true });
    await world.desk.changeAccount(id, { phone: '+15550118' });
    const [first] = await soon(world, listening);
    same('the record', first?.recordId, id);
    same('the fields', first?.fields, []);
  },
  'event-faults',
);
claim(
  'forgotten',
  '§3.5',
  'A position that the CRM has forgotten loses nothing: records are looked at instead',
  async (world) => {
    const id = await world.desk.enterAccount({ name: 'Fern', key: world.newKey() });
    const first = await world.listen('account');
    await world.desk.changeAccount(id, { phone: '+15550119' });
    await soon(world, first);
    const position = present('the position', first.position);
    await world.sendEvents({ forgottenPositions: 1 });
    await world.desk.changeAccount(id, { phone: '+15550120' });
    const second = await world.listen('account', { position, keptAt: new Date(Date.now() - 60_000) });
    await world.eventually('why records are looked at', () =>
      Promise.resolve(second.because.includes('cursor-lost') ? true : undefined),
    );
    holds(
      'the account is told of',
      changes(second).some(({ recordId }) => recordId === id),
    );
  },
  'event-faults',
);
claim(
  'request',
  '§3.4',
  'What an agent asks for comes with its order and an id of the request',
  async (world) => {
    const { refs } = await entered(world);
    const listening = await world.listen('requests');
    const id = await world.desk.ask(refs.order, { action: 'cancel' });
    const [first] = await world.eventually('a request', () =>
      Promise.resolve(told(listening).length > 0 ? told(listening) : undefined),
    );
    same('the request', first?.kind === 'agent-requested' && [first.orderId, first.action], [refs.order, 'Cancel']);
    same('the id', first?.kind === 'agent-requested' && first.requestId, id);
  },
  'agent-requests',
);
claim(
  'request-read',
  '§3.4',
  'What an agent asks for is read as it was asked',
  async (world) => {
    const { refs } = await entered(world);
    const draft = {
      action: 'release-hold',
      lineKey: 'aurora-us:N:1',
      quantity: 2,
      comment: "It's the \\ wrong one",
    } as const;
    const id = await world.desk.ask(refs.order, draft);
    const read = await world.ports().requests.read(world.site.crmOrg, id);
    same('the request', read, { id, order: refs.order, ...draft });
    same('nobody', await world.ports().requests.read(world.site.crmOrg, nobody(id)), undefined);
  },
  'agent-requests',
);
claim(
  'request-answered',
  '§2.2',
  'The answer to an agent is written to the request, as long as it may be',
  async (world) => {
    const { refs } = await entered(world);
    const id = await world.desk.ask(refs.order, { action: 'cancel' });
    const address = { kind: 'request', id, order: refs.order } as const;
    const answeredAt = '2026-03-01T10:20:30.000Z';
    const fields = { status: 'Refused', answer: 'Too late. '.repeat(40), answeredAt, confirmedAt: null };
    const outcomes = await written(world, { address, isNew: true, fields });
    same('the outcome', outcomes.map(wordOf), ['written']);
    const shown = present('the request', await world.shown(address)).fields;
    same('the status', [shown['status'], shown['answeredAt']], ['Refused', answeredAt]);
    holds('the beginning of the answer', String(shown['answer']).startsWith('Too late. Too late.'));
  },
  'agent-requests',
);
