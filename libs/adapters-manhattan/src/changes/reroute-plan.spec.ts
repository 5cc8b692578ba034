import { describe, expect, it } from '@jest/globals';
import { lineId, locationId, orderNumber } from '@tandem/domain';
import { anOmsLine, anOmsOrder } from '../../testing/oms-orders.js';
import type { Sample } from '../../testing/samples.js';
import { Fields } from '../feed/fields.js';
import { heldOrder } from './held-order.js';
import { reroutePlan } from './reroute-plan.js';

const SAVE = '/order/api/order/order/save';
const anywhere = { number: orderNumber('A-1001'), version: 5, lines: [lineId('1')] };
const toStore = { ...anywhere, shipFrom: locationId('STORE-7') };
const head = { OrderId: 'A-1001', OrderActions: { VersionTimestamp: 5 } };
const preferred = {
  path: SAVE,
  body: {
    ...head,
    OrderLine: [{ OrderLineId: '1', OrderLinePromisingInfo: { ShipFromLocationId: 'STORE-7', IsForceAllocate: true } }],
  },
};
const pullBack = {
  path: '/order/api/order/order/release/cancel',
  body: { OrderId: 'A-1001', Release: [{ ReleaseId: 'A-10012' }] },
};

const row = (OrderLineId: string, done: Sample = {}) => ({ OrderLineId, Quantity: 3, FulfilledQuantity: 0, ...done });
const Release = [
  { ReleaseId: 'A-10011', ReleaseLine: [row('1', { CancelledQuantity: '3.0' })] },
  { ReleaseId: 'A-10012', ReleaseLine: [row('2'), row('1', { FulfilledQuantity: 1 })] },
  { ReleaseId: 'A-10013', ReleaseLine: [row('2')] },
];
const on = (status: string, line: Sample = {}, order: Sample = {}) =>
  heldOrder(Fields.of(anOmsOrder({ OrderLine: [anOmsLine('1', 3, status, line)], ...order }), ''));

describe('A reroute (§4.4)', () => {
  it.each(['1000', '1500', '2000.100'])('prefers the location by the promising details at %s', (status) => {
    expect(reroutePlan(toStore, {}).plan(on(status))).toEqual({ kind: 'send', calls: [preferred] });
  });

  it.each(['3000', '3600', '3700'])('pulls back what is still open of the releases at %s, then prefers', (status) => {
    const held = on(status, {}, { Release });
    expect(reroutePlan(toStore, {}).plan(held)).toEqual({ kind: 'send', calls: [pullBack, preferred] });
  });

  it('leaves a version after a pull-back without a location, so that a repeat knows it (§2.6)', () => {
    const plan = reroutePlan(anywhere, {}).plan(on('3000', {}, { Release }));
    expect(plan).toEqual({ kind: 'send', calls: [pullBack, { path: SAVE, body: head }] });
  });

  it('only leaves the version where a pull-back went through whose end was not seen', () => {
    const plan = reroutePlan(anywhere, {}).plan(on('2000', {}, { Release: Release.slice(0, 1) }));
    expect(plan).toEqual({ kind: 'send', calls: [{ path: SAVE, body: head }] });
  });

  it('lets the OMS allocate what waits for stock, whose outcome comes later', () => {
    const held = on('1500', {}, { OrderId: 'A-1001' });
    expect(reroutePlan(anywhere, {}).plan(held)).toEqual({
      kind: 'send',
      calls: [
        {
          path: '/order/api/order/order/massAction',
          body: { Query: "OrderId = 'A-1001'", MassAction: 'Allocate' },
        },
      ],
    });
    expect([on('1500'), on('2000')].map((one) => reroutePlan(anywhere, {}).pending(one))).toEqual([true, false]);
    expect(reroutePlan(toStore, {}).pending(on('1500'))).toBe(false);
  });

  it.each([
    ['without a target what is allocated', anywhere, on('2000'), 'reroute.target_required'],
    ['what is shipped', toStore, on('7000'), 'reroute.too_late'],
    ['what is cancelled', toStore, on('1000', { IsCancelled: true }), 'reroute.too_late'],
    ['a line that is not there', { ...toStore, lines: [lineId('9')] }, on('1000'), 'line.unknown'],
    ['a released line without a release to be seen', toStore, on('3000'), 'reroute.released'],
    [
      'a release that goes through a store',
      toStore,
      on('3000', { DeliveryMethod: { DeliveryMethodId: 'ShipToStore' } }, { Release }),
      'reroute.released',
    ],
    [
      'a release for a store',
      toStore,
      on('3000', { DeliveryMethod: { DeliveryMethodId: 'PickUpAtStore' } }, { Release }),
      'reroute.released',
    ],
  ])('does not send elsewhere %s', (_, reroute, held, rule) => {
    expect(reroutePlan(reroute, {}).plan(held)).toMatchObject({ kind: 'refuse', violations: [{ rule }] });
  });

  describe('by shorts, for a reason that has the OMS look elsewhere', () => {
    const strategy = { releasedReroute: { shortFor: '700.000' } };
    const releases = Release.map((release) => ({
      ...release,
      ReleaseLine: release.ReleaseLine.map((line) => ({ ...line, ReleaseLineId: line.OrderLineId })),
    }));
    const short = {
      path: '/order/api/order/orderevent/receive',
      body: {
        OrderEvent: [
          { EventTypeId: 'Short', ReleaseId: 'A-10012', ReleaseLineId: '1', Quantity: 2, ShortReasonId: '700.000' },
        ],
      },
    };

    it.each(['ShipToAddress', 'PickUpAtStore'])('takes the lines alone out of their releases, with %s', (id) => {
      const held = on('3000', { DeliveryMethod: { DeliveryMethodId: id } }, { Release: releases });
      const plan = reroutePlan(toStore, strategy).plan(held);
      expect(plan).toMatchObject({ kind: 'send', calls: [short, preferred] });
    });

    it('needs a release to be seen all the same', () => {
      const plan = reroutePlan(toStore, strategy).plan(on('3000'));
      expect(plan).toMatchObject({ kind: 'refuse', violations: [{ rule: 'reroute.released' }] });
    });
  });

  describe('by giving the reservation back, where the OMS was told what place to leave out', () => {
    const strategy = { allocatedReroute: 'deallocate' } as const;
    const path = '/inventory/api/inventory/reservationRequestDetails/deallocate';
    const back = { ReservationRequestId: 'A-1001', postToOrder: true };
    const allocate = { path: '/order/api/order/order/massAction', body: { MassAction: 'Allocate' } };

    it('gives back the whole order at once, and has it allocated anew', () => {
      const plan = reroutePlan(anywhere, strategy).plan(on('2000'));
      expect(plan).toMatchObject({ kind: 'send', calls: [{ path, body: back }, allocate] });
      expect(reroutePlan(anywhere, strategy).plan(on('1500'))).toMatchObject({ kind: 'send', calls: [allocate] });
    });

    it('gives back single lines of it', () => {
      const held = on('2000', {}, { OrderLine: [anOmsLine('1', 3, '2000'), anOmsLine('2', 1, '2000')] });
      expect(reroutePlan(anywhere, strategy).plan(held)).toEqual({
        kind: 'send',
        calls: [
          { path, body: { ...back, ReservationRequestDetailId: '1' } },
          { ...allocate, body: { Query: "OrderId = 'A-1001'", MassAction: 'Allocate' } },
        ],
      });
    });

    it('has no part in what is released, or has a location named', () => {
      expect(reroutePlan(toStore, strategy).plan(on('2000'))).toEqual({ kind: 'send', calls: [preferred] });
    });
  });

  it('leaves released units alone where the tenant wants it so', () => {
    const plan = reroutePlan(toStore, { releasedReroute: 'refuse' }).plan(on('3000', {}, { Release }));
    expect(plan).toMatchObject({ kind: 'refuse', violations: [{ rule: 'reroute.released' }] });
  });
});
