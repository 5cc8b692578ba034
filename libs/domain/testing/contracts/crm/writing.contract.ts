import type { FieldValues, RecordAddress, RecordChange } from '@tandem/domain';
import { holds, present, same, sameIn } from '../checks.js';
import { crmClaimsOf } from './claim.js';
import type { CrmWorld } from './crm-world.js';
import { entered, lineIdOf, nobody, wordOf, written } from './scene.js';

/** What is shown of an order, and how it gets there. */
const { claims, claim } = crmClaimsOf('writing');
export const writing = claims;

const MOMENT = '2026-03-01T10:20:30.000Z';
const change = (address: RecordAddress, fields: FieldValues, isNew = true): RecordChange => ({
  address,
  isNew,
  fields,
});
const shownFields = async (world: CrmWorld, address: RecordAddress) =>
  present('the record', await world.shown(address)).fields;

/** Every field of each kind that hangs below an order by a key. */
const KEYED: readonly (readonly [kind: 'shipment' | 'return' | 'history', FieldValues])[] = [
  [
    'shipment',
    {
      ...{ packageId: 'P-1', carrier: 'NORTHPOST', trackingNumber: 'TRK-1', shipFrom: 'DC-EAST' },
      shippedAt: MOMENT,
    },
  ],
  [
    'return',
    {
      ...{ number: 'R-1', type: 'Exchange', status: 'received', omsTime: MOMENT, refunded: true, holds: 'Variance' },
      ...{ exchangeOrder: 'aurora-us:R-1', exchangeStatus: 'shipped' },
    },
  ],
  [
    'history',
    {
      ...{ track: 'status', lineKey: 'aurora-us:N:1', from: 'open', to: 'allocated', quantities: '2 allocated' },
      ...{ reason: 'none', omsTime: MOMENT, recordedAt: MOMENT, sourceMessage: 'm-1', late: true },
    },
  ],
];

for (const [kind, fields] of KEYED) {
  claim(kind, '§2.2', `A ${kind} is shown with every field, below its order`, async (world) => {
    const { refs } = await entered(world);
    const address = { kind, key: world.newKey(), order: refs.order } as const;
    same('the outcome', (await written(world, change(address, fields))).map(wordOf), ['written']);
    sameIn('the fields', await shownFields(world, address), fields);
    same('the order', (await world.shown(address))?.parent, refs.order);
  });
  claim(`${kind}-again`, '§2.2', `A ${kind} that is written twice is one record`, async (world) => {
    const { refs } = await entered(world);
    const address = { kind, key: world.newKey(), order: refs.order } as const;
    await written(world, change(address, fields));
    same('the outcome', (await written(world, change(address, fields))).map(wordOf), ['written']);
    sameIn('the fields', await shownFields(world, address), fields);
  });
}

claim('money', '§2.6', 'Money is shown to the cent', async (world) => {
  const { refs } = await entered(world);
  const address = { kind: 'order', id: refs.order } as const;
  await written(world, change(address, { total: '1234.56', taxes: '0.10' }, false));
  sameIn('the amounts', await shownFields(world, address), { total: 1234.56, taxes: 0.1 });
});
claim('order', '§2.2', 'What an order shows is written to its own record', async (world) => {
  const { refs } = await entered(world);
  const address = { kind: 'order', id: refs.order } as const;
  const fields = { status: 'partially-shipped', omsOrderId: 'O-1', holds: 'Fraud', taxIncluded: true, omsTime: MOMENT };
  await written(world, change(address, fields, false));
  sameIn('the fields', await shownFields(world, address), fields);
});
claim('emptied', '§2.2', 'A field that shows nothing any more is emptied', async (world) => {
  const { refs } = await entered(world);
  const address = { kind: 'order', id: refs.order } as const;
  await written(world, change(address, { holds: 'Fraud' }, false));
  await written(world, change(address, { holds: null }, false));
  same('the holds', (await shownFields(world, address))['holds'], null);
});
claim('line', '§2.2', 'Where the units of a line are is written to its own record', async (world) => {
  const { refs } = await entered(world);
  const address = { kind: 'line', id: lineIdOf(refs, '1'), order: refs.order } as const;
  const fields = { status: 'shipped', open: 0, shipped: 1.5, cancelled: 0.5, promisedDelivery: MOMENT, reason: 'Out' };
  await written(world, change(address, fields, false));
  sameIn('the fields', await shownFields(world, address), fields);
});
claim('shipment-line', '§2.2', 'What is in a parcel is shown below it, written in the same turn', async (world) => {
  const { refs } = await entered(world);
  const parcel = { kind: 'shipment', key: world.newKey(), order: refs.order } as const;
  const content = { kind: 'shipment-line', key: world.newKey(), shipmentKey: parcel.key } as const;
  const outcomes = await written(
    world,
    change(parcel, { packageId: 'P-1' }),
    change(content, { lineKey: 'k:1', sku: 'LAMP-01', quantity: 2 }),
  );
  same('the outcomes', outcomes.map(wordOf), ['written', 'written']);
  sameIn('the fields', await shownFields(world, content), { sku: 'LAMP-01', quantity: 2 });
});
claim('return-line', '§2.2', 'What comes back is shown below its return', async (world) => {
  const { refs } = await entered(world);
  const back = { kind: 'return', key: world.newKey(), order: refs.order } as const;
  const line = { kind: 'return-line', key: world.newKey(), returnKey: back.key } as const;
  const fields = { number: 'R', type: 'Return', status: 'received', omsTime: MOMENT, refunded: false };
  await written(world, change(back, fields), change(line, { lineKey: 'k:1', sku: 'L', expected: 2, received: 1 }));
  sameIn('the fields', await shownFields(world, line), { expected: 2, received: 1 });
});
claim('tender', '§2.2', 'What was done with a payment is written to the record that the shop made', async (world) => {
  const { refs, draft } = await entered(world);
  const address = { kind: 'tender', key: present('the key', draft.tenders[0]?.id), order: refs.order } as const;
  await written(world, change(address, { captured: '10.00', refunded: '2.50' }, false));
  sameIn('the fields', await shownFields(world, address), { captured: 10, refunded: 2.5 });
});
claim('only-changed', '§2.3', 'A write carries what changed and nothing else', async (world) => {
  const { refs } = await entered(world);
  const address = { kind: 'order', id: refs.order } as const;
  await written(world, change(address, { status: 'open', holds: 'Fraud' }, false));
  await written(world, change(address, { status: 'allocated' }, false));
  sameIn('the fields', await shownFields(world, address), { status: 'allocated', holds: 'Fraud' });
  const last =
    world.wire
      .heard('write')
      .at(-1)
      ?.collections.flatMap(({ records }) => records) ?? [];
  same('the fields that travelled', last.length, 1);
  holds('the holds did not travel', !present('the record', last[0]).fields.includes('OMS_Holds__c'));
});
claim('odd-key', '§2.2', 'A key with odd characters names one record, which is found again by it', async (world) => {
  const { refs } = await entered(world);
  const address = { kind: 'history', key: `${world.newKey()} ü&+#%?=`, order: refs.order } as const;
  const fields = { track: 'status', to: 'open', omsTime: MOMENT };
  await written(world, change(address, fields));
  await written(world, change(address, { to: 'allocated' }, false));
  same('the status', (await shownFields(world, address))['to'], 'allocated');
});
claim('one-call', '§2.4', 'What changes of one order goes out in one call', async (world) => {
  const { refs } = await entered(world);
  await written(world, change({ kind: 'order', id: refs.order }, { holds: 'A' }, false));
  const before = world.wire.heard('write').length;
  await written(
    world,
    change({ kind: 'order', id: refs.order }, { status: 'open' }, false),
    change({ kind: 'line', id: lineIdOf(refs, '1'), order: refs.order }, { status: 'open' }, false),
    change({ kind: 'shipment', key: world.newKey(), order: refs.order }, { packageId: 'P' }),
  );
  same('calls', world.wire.heard('write').length - before, 1);
});
claim('two-hundred', '§2.3', 'No collection has more than 200 records, and all of them are written', async (world) => {
  const { refs } = await entered(world);
  const steps = Array.from({ length: 205 }, () =>
    change({ kind: 'history', key: world.newKey(), order: refs.order }, { track: 'status', to: 'x', omsTime: MOMENT }),
  );
  const outcomes = await written(world, ...steps);
  same('the outcomes', [...new Set(outcomes.map(wordOf))], ['written']);
  same('how many', outcomes.length, 205);
  const sizes = world.wire
    .heard('write')
    .flatMap(({ collections }) => collections.map(({ records }) => records.length));
  holds('no collection is larger', Math.max(...sizes) <= 200);
});
claim('nothing', '§2.3', 'Nothing to write costs no call', async (world) => {
  await entered(world);
  const before = world.wire.heard('any').length;
  same('the outcomes', await written(world), []);
  same('calls', world.wire.heard('any').length - before, 0);
});
claim(
  'gone',
  '§2.11',
  'An order that is not there is answered as its own failure, and others are written',
  async (world) => {
    const { refs } = await entered(world);
    const gone = { kind: 'line', id: nobody(lineIdOf(refs, '1')), order: refs.order } as const;
    const there = { kind: 'order', id: refs.order } as const;
    const outcomes = await written(
      world,
      change(gone, { status: 'open' }, false),
      change(there, { status: 'open' }, false),
    );
    same(
      'the outcomes',
      outcomes.map(({ kind }) => kind),
      ['failed', 'written'],
    );
    same('the status', (await shownFields(world, there))['status'], 'open');
  },
);
