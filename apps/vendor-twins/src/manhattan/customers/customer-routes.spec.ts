import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TwinClient } from '../testing/twin-client.js';
import { objectIn, rows } from '../wire/json.js';

describe('§8 customers', () => {
  let twin: TwinClient;
  beforeAll(async () => {
    twin = await TwinClient.start();
  });
  afterAll(() => twin.close());

  const save = (body: object) => twin.post('/customer/api/customer/customer/save', body);
  const address = (AddressId: string, AddressTypeId: string, City: string) => ({
    AddressId,
    AddressTypeId,
    Address: { City, Country: 'US' },
  });

  it('merges addresses by the pair of id and type, and keeps what is not sent', async () => {
    await save({
      CustomerId: 'C1',
      FirstName: 'Ada',
      CustomerAddress: [address('A', 'Shipping', 'One'), address('A', 'Billing', 'Two')],
    });
    const { body } = await save({
      CustomerId: 'C1',
      CustomerAddress: [address('A', 'Billing', 'Three'), address('B', 'Shipping', 'Four')],
    });
    const customer = objectIn(body, 'data') ?? {};
    expect(customer.FirstName).toBe('Ada');
    expect(rows(customer, 'CustomerAddress').map((row) => objectIn(row, 'Address')?.City)).toEqual([
      'One',
      'Three',
      'Four',
    ]);
    expect((await twin.get('/customer/api/customer/customer/customerId/C1')).body.data).toEqual(customer);
    expect((await twin.get('/control/customers/C1')).body).toEqual(customer);
  });

  it('records a change, counts a repeat and a refusal', async () => {
    await save({ CustomerId: 'C2', FirstName: 'Ada' });
    await save({ CustomerId: 'C2', FirstName: 'Ada' });
    await save({ CustomerId: 'C2', Email: 'ada@example.test' });
    expect((await save({ CustomerId: 'C2', IsActive: 'perhaps' })).status).toBe(400);
    const { body } = await twin.get('/control/writes?key=C2');
    expect(body.counts).toEqual({ effective: 2, repeats: 1, refused: 1 });
    expect(rows(body, 'effective')[1]).toMatchObject({ entity: 'customer', kind: 'update', changed: ['Email'] });
  });

  it('shows what was sent, word by word, the refused and the repeated as well', async () => {
    const sent = [
      { CustomerId: 'C3', FirstName: 'Ada' },
      { CustomerId: 'C3', FirstName: 'Ada' },
      { CustomerId: 'C3', IsActive: 'x' },
    ];
    for (const body of sent) await save(body);
    const { body } = await twin.get('/control/requests?path=/customer/');
    const logged = rows(body, 'requests').filter((request) => objectIn(request, 'body')?.CustomerId === 'C3');
    expect(logged.map((request) => request.body)).toEqual(sent);
    expect(logged.map(({ status }) => status)).toEqual([200, 200, 400]);
  });

  it.each([
    ['EMAIL', 'ann@example.test'],
    ['PHONE', '+15550100'],
  ])('§8 calls a customer without id by the strategy %s', async (customerIds, id) => {
    await twin.put('/control/config', { customerIds });
    const customer = { FirstName: 'Ann', Email: 'ann@example.test', Phone: '+15550100' };
    const { body } = await twin.post('/customer/api/customer/customer/save', customer);
    await twin.put('/control/config', { customerIds: 'AUTO' });
    expect(body).toMatchObject({ data: { CustomerId: id } });
  });

  it('generates an id when none is given, and answers 404 for an unknown one', async () => {
    const { body } = await save({ FirstName: 'Kim' });
    expect(objectIn(body, 'data')?.CustomerId).toMatch(/^CU\d+$/);
    expect((await twin.get('/customer/api/customer/customer/customerId/NONE')).status).toBe(404);
  });
});
