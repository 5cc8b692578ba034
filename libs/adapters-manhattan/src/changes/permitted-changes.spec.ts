import { describe, expect, it } from '@jest/globals';
import { permittedChangesOf } from './permitted-changes.js';

describe('What the OMS permits (§3.1)', () => {
  it.each([
    [
      'texts in lists',
      {
        OrderPermittedModTypes: ['Order::Hold::Apply', 'Order::Cancel'],
        OrderLinePermittedModTypes: [{ OrderLineId: 1, PermittedModTypes: ['OrderLine::Cancel'] }],
      },
    ],
    [
      'objects with an id',
      {
        OrderId: 'A-1001',
        PermittedModTypes: [{ ModTypeId: 'Order::Cancel' }, { ModTypeId: 'Order::Hold::Apply' }],
        OrderLinePermittedModTypes: [{ OrderLineId: '1', ModTypes: [{ ModTypeId: 'OrderLine::Cancel' }] }],
      },
    ],
    [
      'lists by line',
      {
        ModTypes: ['Order::Cancel', 'Order::Hold::Apply', 'Order::Cancel'],
        OrderLinePermittedModTypes: { 1: ['OrderLine::Cancel'] },
      },
    ],
  ])('is read from %s', (_, answer) => {
    expect(permittedChangesOf(answer)).toEqual({
      order: ['Order::Cancel', 'Order::Hold::Apply'],
      lines: { 1: ['OrderLine::Cancel'] },
    });
  });

  it('is nothing where nothing is said, and a fault where the answer is none', () => {
    expect(permittedChangesOf({})).toEqual({ order: [], lines: {} });
    expect(() => permittedChangesOf(null)).toThrow(expect.objectContaining({ code: 'oms.unreadable_message' }));
  });
});
