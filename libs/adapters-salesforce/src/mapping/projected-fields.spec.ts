import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { crmOrderId, crmRecordId, type RecordChange } from '@tandem/domain';
import { DESCRIBED_OBJECTS, READ_OBJECT_OF, ORDER_SELECTIONS } from './order-fields.js';
import { collectionRecord } from '../writing/record-write.js';
import { recordWrite, SHAPES } from './projected-fields.js';

const OBJECTS = new URL('../../sfdx/force-app/main/default/objects/', import.meta.url);
const definitionOf = (object: string, field: string) => new URL(`${object}/fields/${field}.field-meta.xml`, OBJECTS);
const sent = (change: RecordChange) => collectionRecord(recordWrite(change));
const inPackage = (object: string, field: string) => existsSync(definitionOf(object, field));

describe('The fields that projections are kept in', () => {
  it.each(
    Object.values(SHAPES).flatMap(({ object, fields }) =>
      Object.values<string>(fields).map((field): [string, string] => [object, field]),
    ),
  )('%s.%s is in the package', (object, field) => {
    expect(inPackage(object, field)).toBe(true);
  });

  it.each(
    Object.values(SHAPES).flatMap(({ object, externalId }) => (externalId ? [[object, externalId] as const] : [])),
  )('%s is upserted by %s, which is an external id and unique', (object, externalId) => {
    const definition = readFileSync(definitionOf(object, externalId), 'utf8');

    expect(definition).toContain('<externalId>true</externalId>');
    expect(definition).toContain('<unique>true</unique>');
  });

  it.each(Object.values(SHAPES).map(({ object, amounts, fields }) => [object, amounts, fields] as const))(
    'of %s that are currency are sent as numbers',
    (object, amounts: readonly string[], fields: Readonly<Record<string, string>>) => {
      const currencies = Object.entries(fields).filter(([, name]) =>
        readFileSync(definitionOf(object, name), 'utf8').includes('<type>Currency</type>'),
      );

      expect(currencies.map(([field]) => field)).toEqual(amounts);
    },
  );

  it('name a parent only where the record is new', () => {
    const address = { kind: 'shipment-line', key: 'l-1', shipmentKey: 's-1' } as const;

    expect(sent({ address, isNew: true, fields: { quantity: 2 } })).toEqual({
      attributes: { type: 'OMS_Shipment_Line__c' },
      OMS_Shipment_Line_Key__c: 'l-1',
      Shipment__r: { OMS_Shipment_Key__c: 's-1' },
      Quantity__c: 2,
    });
    expect(sent({ address, isNew: false, fields: { quantity: 3 } })).toEqual({
      attributes: { type: 'OMS_Shipment_Line__c' },
      OMS_Shipment_Line_Key__c: 'l-1',
      Quantity__c: 3,
    });
  });

  it('carry amounts as numbers, moments as they are, and null to empty a field', () => {
    const address = { kind: 'order', id: crmOrderId('801000000000001AAA') } as const;
    const fields = { total: '62.47', cancelledTotal: null, omsTime: '2026-03-01T10:20:30.123Z' };

    expect(sent({ address, isNew: false, fields })).toEqual({
      attributes: { type: 'Order' },
      id: '801000000000001AAA',
      OMS_Order_Total__c: 62.47,
      OMS_Cancelled_Total__c: null,
      OMS_Event_Time__c: '2026-03-01T10:20:30.123Z',
    });
    expect(() => recordWrite({ address, isNew: false, fields: { total: 'much' } })).toThrow('not a decimal');
  });

  it.each(Object.values(SHAPES).map(({ object, guarded }) => [object, guarded] as const))(
    'of %s carry their version where the org has a rule against older ones (%s)',
    (object, guarded) => {
      const rule = new URL(`${object}/validationRules/OMS_Stale_Write.validationRule-meta.xml`, OBJECTS);
      expect(existsSync(rule) && inPackage(object, 'OMS_Version__c')).toBe(guarded);
      if (guarded) expect(readFileSync(rule, 'utf8')).toContain('STALE_UPDATE');
    },
  );

  it('carry the version of the projection, also where the order itself is not written', () => {
    const address = { kind: 'shipment', key: 's-1', order: crmOrderId('801000000000001AAA') } as const;
    expect(sent({ address, isNew: false, fields: {}, version: 7 })).toMatchObject({ OMS_Version__c: 7 });
  });

  it('leave out what the change does not name', () => {
    const address = {
      kind: 'line',
      id: crmRecordId('802000000000001AAA'),
      order: crmOrderId('801000000000001AAA'),
    } as const;

    expect(sent({ address, isNew: true, fields: { open: 0 } })).toEqual({
      attributes: { type: 'OrderItem' },
      id: '802000000000001AAA',
      OMS_Qty_Open__c: 0,
    });
  });
});

describe('The custom fields that orders are read from', () => {
  const asked = ORDER_SELECTIONS.flatMap(({ object, fields }) =>
    fields.map((path): [string, string] => {
      const parts = path.split('.');
      const relationship = parts.at(-2);
      return [relationship ? (READ_OBJECT_OF[relationship] ?? 'unknown') : object, parts.at(-1) ?? ''];
    }),
  );

  it.each(asked.filter(([, field]) => field.endsWith('__c')))('%s.%s is in the package', (object, field) => {
    expect(inPackage(object, field)).toBe(true);
  });

  it('are of objects that the org is asked about', () => {
    const objects = [...asked.map(([object]) => object), ...Object.values(SHAPES).map(({ object }) => object)];
    const described: readonly string[] = DESCRIBED_OBJECTS;
    expect(objects.filter((object) => !described.includes(object))).toEqual([]);
    expect(DESCRIBED_OBJECTS.length).toBeLessThanOrEqual(25);
  });

  it('include every field of a tender', () => {
    expect(asked.filter(([object]) => object === 'Order_Tender__c')).toHaveLength(12);
  });
});
