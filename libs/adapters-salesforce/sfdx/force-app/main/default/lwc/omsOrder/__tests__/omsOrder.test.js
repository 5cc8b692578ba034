import { ageText, viewOf } from 'c/omsOrder';

jest.mock('c/omsLabels', () => {
  const { labels } = jest.requireActual('c/omsLabels');
  // A label stands for itself, with its values, so that a test reads which one was chosen.
  const named = Object.fromEntries(Object.keys(labels).map((name) => [name, name]));
  return { labels: named, filled: (...words) => words.join(' ') };
});

const order = (fields = {}) => ({
  Id: '801000000000001AAA',
  OrderNumber: '00000101',
  OMS_Status__c: 'open',
  ...fields,
});
const line = (number, fields) => ({
  Id: `80200000000000${number}AAA`,
  Quantity: 3,
  OMS_Order_Line_Key__c: `aurora-us:A-1001:${number}`,
  Product2: { Name: `Lamp ${number}`, StockKeepingUnit: `LMP-${number}` },
  ...fields,
});
const at = (seconds) => new Date(Date.UTC(2026, 2, 1, 10, 0, seconds)).toISOString();
const none = { lines: [], parcels: [], parcelLines: [], carriers: [], returns: [], history: [], requests: [] };
const view = (records) => viewOf({ orderRecord: order(), ...none, ...records });
const strip = (...lines) => {
  const { steps, aside, total } = view({ lines: lines.map((fields, index) => line(index + 1, fields)) }).strip;
  return {
    total,
    steps: steps.map(({ state, units }) => units || state),
    aside: aside.map(({ name, units }) => `${units} ${name}`),
  };
};

describe('The strip of an order', () => {
  it('shows an order that the OMS said nothing of as ordered', () => {
    expect(strip({})).toEqual({ total: 3, steps: [3, 'ahead', 'ahead', 'ahead', 'ahead'], aside: [] });
  });

  it('shows where the units of a split order are, and what left the way', () => {
    const split = [
      { OMS_Qty_Released__c: 1, OMS_Qty_Shipped__c: 2 },
      { OMS_Qty_Shipped__c: 1, OMS_Qty_Cancelled__c: 2 },
    ];
    expect(strip(...split)).toEqual({
      total: 6,
      steps: ['done', 'done', 1, 3, 'ahead'],
      aside: ['2 cancelled'],
    });
  });

  it('calls a step done only when every unit is past it', () => {
    expect(strip({ OMS_Qty_Open__c: 1, OMS_Qty_Shipped__c: 2 }).steps).toEqual([1, 'passed', 'passed', 2, 'ahead']);
    const waiting = { OMS_Qty_Back_Ordered__c: 1, OMS_Qty_Shipped__c: 2 };
    expect(strip(waiting)).toMatchObject({
      steps: ['done', 'passed', 'passed', 2, 'ahead'],
      aside: ['1 back-ordered'],
    });
  });

  it('has nothing done where everything is cancelled, and everything where everything came back', () => {
    expect(strip({ OMS_Qty_Cancelled__c: 3 }).steps).toEqual(Array(5).fill('ahead'));
    expect(strip({ OMS_Qty_Returned__c: 3 }).steps).toEqual(Array(5).fill('done'));
  });

  it('leaves out what is charged but not sent', () => {
    const lines = [line(1, { OMS_Qty_Shipped__c: 3 }), line(2, { Type: 'Delivery Charge', Quantity: 1 })];
    expect(view({ lines })).toMatchObject({ strip: { total: 3 }, lines: [{ name: 'Lamp 1' }] });
  });
});

describe('The status of an order', () => {
  it.each([
    [{ OMS_Status__c: 'partially-shipped' }, 'partly stageshipped'],
    [{ OMS_Status__c: 'pending-return' }, 'stagePendingReturn'],
    [{ OMS_Status__c: 'quarantined' }, 'quarantined'],
    [{ OMS_Status__c: 'shipped', OMS_Status_Label__c: 'On its way' }, 'On its way'],
  ])('%o reads %s', (fields, title) => {
    expect(view({ orderRecord: order(fields) }).title).toBe(title);
  });

  it('is not known while the OMS has said nothing', () => {
    expect(view({ orderRecord: order({ OMS_Status__c: undefined }) }).isKnown).toBe(false);
  });

  it('is led by what keeps the order or a line from travelling', () => {
    const { alerts, isOnHold } = view({
      orderRecord: order({ OMS_Holds__c: 'FraudReview', OMS_Exception__c: 'No address.' }),
      lines: [line(1, { OMS_On_Hold__c: true, OMS_Hold_Reasons__c: 'Payment' })],
    });
    expect(isOnHold).toBe(true);
    expect(alerts.map(({ title, text }) => `${title} | ${text}`)).toEqual([
      'onHold | FraudReview',
      'attention | No address.',
      'onHold | lineTrouble Lamp 1 Payment',
    ]);
  });
});

describe('A parcel', () => {
  const parcel = (fields) => ({ Id: 'a01', Carrier__c: 'UPS', Tracking_Number__c: '1Z', ...fields });

  it('says what is in it', () => {
    const lines = [line(1, {})];
    const parcelLines = [
      { Id: 'b1', Shipment__c: 'a01', Order_Line_Key__c: 'aurora-us:A-1001:1', Quantity__c: 2 },
      { Id: 'b2', Shipment__c: 'a02', Order_Line_Key__c: 'aurora-us:A-1001:1', Quantity__c: 1 },
    ];
    const [shown] = view({ lines, parcels: [parcel()], parcelLines }).parcels;
    expect(shown.contents.map(({ text }) => text)).toEqual(['times 2 Lamp 1']);
  });

  it('is linked to the page of its carrier, where the org knows that', () => {
    const carriers = [{ Code__c: 'UPS', Tracking_Page__c: 'https://ups.example/?number={0}' }];
    const urlOf = (fields) => view({ parcels: [parcel(fields)], carriers }).parcels[0].trackingUrl;
    expect(urlOf({ Tracking_Number__c: '1Z 9/A' })).toBe('https://ups.example/?number=1Z9%2FA');
    expect(urlOf({ Tracking_Url__c: 'https://given.example/' })).toBe('https://given.example/');
    expect(urlOf({ Carrier__c: 'Courier' })).toBeUndefined();
    expect(urlOf({ Tracking_Number__c: undefined })).toBeUndefined();
  });

  it('is linked to the carrier only by an address of the web', () => {
    const url = (Tracking_Url__c) => view({ parcels: [parcel({ Tracking_Url__c })] }).parcels[0].trackingUrl;
    expect(url('https://carrier.example/1Z')).toBe('https://carrier.example/1Z');
    expect(url('data:text/html,hello')).toBeUndefined();
    expect(url(undefined)).toBeUndefined();
  });
});

describe('The history', () => {
  const step = (seconds, fields) => ({
    Id: `h-${seconds}-${fields.To_Status__c}`,
    OMS_Time__c: at(seconds),
    Track__c: 'status',
    ...fields,
  });
  const key = 'aurora-us:A-1001:1';
  const told = (...history) => view({ lines: [line(1, {})], history }).history;

  it('has one item a moment, led by the step of the order', () => {
    const shown = told(
      step(9, {
        To_Status__c: 'partially-shipped',
        Order_Line_Key__c: key,
        Quantities__c: '1 released, 2 shipped',
        Reason__c: '2000',
      }),
      step(9, { To_Status__c: 'partially-shipped' }),
      step(4, { To_Status__c: 'released', Late__c: true }),
    );
    expect(shown.map(({ title, isLate, details }) => [title, isLate, details.map(({ text }) => text)])).toEqual([
      ['partly stageshipped', false, ['lineStep Lamp 1 1 stagereleased, 2 stageshipped (2000)']],
      ['stageReleased', true, []],
    ]);
  });

  it('tells a reason where it is new, and puts what was promised behind where the units are', () => {
    const cancelled = { Order_Line_Key__c: key, Quantities__c: '2 cancelled', Reason__c: 'Changed mind' };
    const shown = told(
      step(9, { ...cancelled, To_Status__c: 'shipped' }),
      step(4, { Order_Line_Key__c: key, Track__c: 'promise', To_Status__c: `promised ${at(0)}` }),
      step(4, { ...cancelled, To_Status__c: 'allocated' }),
    );
    expect(shown.map(({ title }) => title)).toEqual([
      'lineStep Lamp 1 2 stagecancelled',
      'lineStep Lamp 1 2 stagecancelled (Changed mind), promisedFor Mar 1',
    ]);
  });

  it('does not say of each line that it was ordered with the order', () => {
    const ordered = { To_Status__c: 'open', Quantities__c: '3 open' };
    expect(told(step(1, ordered), step(1, { ...ordered, Order_Line_Key__c: key }))).toMatchObject([
      { title: 'stageOpen', details: [] },
    ]);
  });

  it.each([
    [{ Track__c: 'holds', To_Status__c: 'on-hold: Fraud' }, 'onHoldFor Fraud'],
    [{ Track__c: 'holds', To_Status__c: 'no-hold' }, 'offHold'],
    [
      { Track__c: 'cancel-request', To_Status__c: 'cancel failed', Order_Line_Key__c: key },
      'lineStep Lamp 1 cancelFailed',
    ],
  ])('words %o', (fields, title) => {
    expect(told(step(1, fields))[0].title).toBe(title);
  });
});

describe('An age', () => {
  it.each([
    [-500, 'ageSeconds 0'],
    [14_900, 'ageSeconds 14'],
    [119_000, 'ageSeconds 119'],
    [120_000, 'ageMinutes 2'],
    [7_200_000, 'ageHours 2'],
    [172_800_000, 'ageDays 2'],
  ])('of %i ms reads %s', (milliseconds, text) => {
    expect(ageText(milliseconds)).toBe(text);
  });
});
