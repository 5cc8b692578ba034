import { afterEach, describe, expect, it } from '@jest/globals';
import { locationId, omsOrganization, sku } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import { ManhattanConnection } from '../connection/manhattan-connection.js';
import { ManhattanConnections } from '../connection/manhattan-connections.js';
import { connected, disconnectAll } from '../../testing/connected.js';
import { locationRow, networkRow, promiseAnswer } from '../../testing/oms-stock.js';
import { envelope, failure, optionsFor, startVendor, token, type Script } from '../../testing/scripted-vendor.js';
import { ManhattanInventory, type InventoryOptions } from './manhattan-inventory.js';

const site = aSite();
const skus = [sku('SKU-1')];
const view = 'Ship To Home';
const promising = { AURORA: { configName: 'WEB', demandType: 'Allocation' } };
const cart = { cart: 'C-1', lines: [{ id: 'L1', sku: sku('SKU-1'), quantity: 1 }], shippingMethods: ['UPS_GROUND'] };

async function inventoryOf(script: Script, options?: InventoryOptions) {
  const { connections, calls } = await connected(script);
  return { inventory: new ManhattanInventory(connections, options), calls };
}

async function networkAnswer(row: object, options?: InventoryOptions) {
  const { inventory } = await inventoryOf(() => envelope([row]), options);
  return (await inventory.availability(site, { view, skus }))[0];
}

afterEach(disconnectAll);

describe('Availability of the network (§6.2)', () => {
  it('is asked of the view and read with its total', async () => {
    const { inventory, calls } = await inventoryOf(() => envelope([networkRow('SKU-1')]));
    await expect(inventory.availability(site, { view, skus })).resolves.toEqual([
      { sku: 'SKU-1', view, status: 'in-stock', quantity: 50, at: '2026-03-01T03:02:08.283Z' },
    ]);
    expect(calls()).toEqual([
      {
        call: 'POST /inventory/api/availability/availabilitydetail',
        body: { ViewName: view, Items: ['SKU-1'] },
      },
    ]);
  });

  it('adds up the kinds of location where no total is told', async () => {
    await expect(networkAnswer(networkRow('SKU-1', { TotalQuantity: null }))).resolves.toMatchObject({ quantity: 50 });
  });

  it.each([
    [2, 'AVAILABLE', 'in-stock'],
    ['1.0', 'ANY_TEXT', 'limited'],
    [0, 'OUT_OF_STOCK', 'out-of-stock'],
    [null, 'AVAILABLE', 'in-stock'],
    [null, 'FEW_LEFT', 'limited'],
    [null, 'OUT_OF_STOCK', 'out-of-stock'],
  ])('reads the code %p before the text %p: %s', async (StatusCode, Status, status) => {
    const answer = networkAnswer(networkRow('SKU-1', { StatusCode, Status }), { limitedStatus: 'FEW_LEFT' });
    await expect(answer).resolves.toMatchObject({ status });
  });

  it('names a status that nobody knows', async () => {
    const fault = { kind: 'permanent', code: 'oms.unmapped_status' };
    await expect(networkAnswer(networkRow('SKU-1', { StatusCode: 3 }))).rejects.toMatchObject(fault);
    const text = networkRow('SKU-1', { StatusCode: null, Status: 'constructor' });
    await expect(networkAnswer(text)).rejects.toMatchObject(fault);
  });

  it('takes an answered zero for a zero, infinite supply for infinity, and no number for none', async () => {
    const zero = networkRow('SKU-1', { TotalQuantity: 0, NextAvailabilityDate: '2026-04-01T00:00:00' });
    await expect(networkAnswer(zero)).resolves.toMatchObject({
      quantity: 0,
      nextAvailable: '2026-04-01T00:00:00.000Z',
    });
    const infinite = networkRow('SKU-1', { IsInfiniteAvailability: 'true', TotalQuantity: 0 });
    await expect(networkAnswer(infinite)).resolves.toMatchObject({ quantity: Infinity });
    const untold = networkRow('SKU-1', { TotalQuantity: null, Quantity: null });
    await expect(networkAnswer(untold)).resolves.toMatchObject({ quantity: null });
  });

  it('asks for the status alone where the view is of that kind, by its definition', async () => {
    const options = {
      views: { [view]: { asks: 'status', definitionId: 'V-1' } },
      source: 'Web',
      includeStoreExclusions: true,
    } as const;
    const { inventory, calls } = await inventoryOf(() => envelope([networkRow('SKU-1')]), options);
    await inventory.availability(site, { view, skus });
    expect(calls()).toEqual([
      {
        call: 'POST /inventory/api/availability/availabilitystatus',
        body: {
          ViewName: view,
          ViewDefinitionId: 'V-1',
          IncludeStoreExclusions: true,
          Source: 'Web',
          Items: ['SKU-1'],
        },
      },
    ]);
  });

  it('asks for each item once, in as many calls as the limit needs, and passes over what nobody asked for', async () => {
    const script: Script = ({ body }) => {
      const { Items } = JSON.parse(body) as { Items: readonly string[] };
      return envelope([...Items.map((item) => networkRow(item)), networkRow('OTHER')]);
    };
    const { inventory, calls } = await inventoryOf(script, { itemsInCall: 2 });
    const answers = await inventory.availability(site, { view, skus: ['A', 'B', 'A', 'C'].map(sku) });
    expect(answers.map((answer) => answer.sku)).toEqual(['A', 'B', 'C']);
    expect(calls().map(({ body }) => body)).toMatchObject([{ Items: ['A', 'B'] }, { Items: ['C'] }]);
  });

  it('is a fault where the network leaves an item out, which it never does', async () => {
    const { inventory } = await inventoryOf(() => envelope([]));
    await expect(inventory.availability(site, { view, skus })).rejects.toMatchObject({
      kind: 'transient',
      code: 'oms.incomplete_answer',
    });
  });

  it('is asked at a host of its own where the tenant has one', async () => {
    const [api, stock] = [await startVendor(() => token()), await startVendor(() => envelope([networkRow('SKU-1')]))];
    const connection = new ManhattanConnection(optionsFor(api.url, { availabilityUrl: `${stock.url}/` }));
    const connections = new ManhattanConnections(new Map([[omsOrganization('AURORA'), connection]]));
    await new ManhattanInventory(connections).availability(site, { view, skus });
    expect(stock.requests.map(({ path }) => path)).toEqual(['/inventory/api/availability/availabilitydetail']);
    await Promise.all([connections.close(), api.close(), stock.close()]);
  });
});

describe('Availability by location (§6.2)', () => {
  const locations = [locationId('1001'), locationId('1002')];

  it('is read with the number of each location, and says nothing of those where the item is not eligible', async () => {
    const { inventory, calls } = await inventoryOf(() => envelope([locationRow('SKU-1', '1002')]));
    await expect(inventory.availability(site, { view: 'Store Stock', skus, locations })).resolves.toEqual([
      {
        sku: 'SKU-1',
        location: '1002',
        view: 'Store Stock',
        status: 'in-stock',
        quantity: 3,
        at: '2026-03-01T03:02:08.000Z',
      },
    ]);
    expect(calls()).toEqual([
      {
        call: 'POST /inventory/api/availability/location/availabilitydetail',
        body: { ViewName: 'Store Stock', Items: ['SKU-1'], Locations: ['1001', '1002'] },
      },
    ]);
  });

  it('is asked in parts of items and of locations', async () => {
    const { inventory, calls } = await inventoryOf(() => envelope([]), { itemsInCall: 1, locationsInCall: 1 });
    const question = { view, skus: [sku('A'), sku('B')], locations };
    await expect(inventory.availability(site, question)).resolves.toEqual([]);
    expect(calls()).toHaveLength(4);
  });

  it('asks nothing where no location is named', async () => {
    const { inventory, calls } = await inventoryOf(() => envelope([]));
    await expect(inventory.availability(site, { view, skus, locations: [] })).resolves.toEqual([]);
    expect(calls()).toEqual([]);
  });
});

describe('Promises (§6.5)', () => {
  it('of a cart come without an envelope, one option for each line and way, also where nothing is to be had', async () => {
    const { inventory, calls } = await inventoryOf(() => ({ body: promiseAnswer() }), { promising });
    const question = { ...cart, pickUpAt: locationId('1001'), destination: { postalCode: '30339', country: 'US' } };
    await expect(inventory.promise(site, question)).resolves.toEqual([
      {
        line: 'L1',
        by: 'shipping',
        name: 'UPS_GROUND',
        quantity: 20,
        earliestShip: '2026-03-25T21:45:00.000Z',
        earliestDelivery: '2026-03-30T21:45:00.000Z',
      },
      { line: 'L1', by: 'shipping', name: 'AIR', quantity: 0 },
      { line: 'L1', by: 'pick-up', name: '1001', quantity: 3, earliestDelivery: '2026-03-24T09:00:00.000Z' },
    ]);
    expect(calls()).toEqual([
      {
        call: 'POST /promising/api/promising/cart/atp',
        body: {
          RequestId: 'C-1',
          PromisingConfigName: 'WEB',
          DemandType: 'Allocation',
          FulfillmentOptions: {
            Shipping: { ShippingMethodIds: ['UPS_GROUND'] },
            Pickup: { PickupLocationIds: ['1001'] },
          },
          Address: { PostalCode: '30339', Country: 'US' },
          RequestDetails: [
            {
              DetailId: 'L1',
              ItemId: 'SKU-1',
              Quantity: 1,
              EvaluateShipping: true,
              EvaluatePickup: true,
              EvaluatePickupWithShipTo: false,
            },
          ],
        },
      },
    ]);
  });

  it('of a product are asked at its own address, and are read within an envelope as well', async () => {
    const { inventory, calls } = await inventoryOf(() => envelope(promiseAnswer()), { promising });
    await expect(inventory.promise(site, { ...cart, about: 'product' })).resolves.toHaveLength(3);
    expect(calls()[0]?.call).toBe('POST /promising/api/promising/product/atp');
    expect(calls()[0]?.body).not.toHaveProperty('FulfillmentOptions.Pickup');
  });

  it('are refused by an error that the bare answer carries', async () => {
    const MessageDTO = { Message: [{ Type: 'ERROR', Code: '400', Description: 'Unknown configuration' }] };
    const { inventory } = await inventoryOf(() => ({ body: { ...promiseAnswer(), MessageDTO } }), { promising });
    await expect(inventory.promise(site, cart)).rejects.toMatchObject({ code: 'oms.refused' });
  });

  it('need the names of the tenant, and nothing for an empty cart', async () => {
    const { inventory, calls } = await inventoryOf(() => failure(500, {}));
    const fault = { kind: 'suspending', code: 'oms.misconfigured' };
    await expect(inventory.promise(site, cart)).rejects.toMatchObject(fault);
    await expect(inventory.promise(site, { ...cart, lines: [] })).resolves.toEqual([]);
    expect(calls()).toEqual([]);
  });
});
