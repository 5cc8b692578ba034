import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalog, isMessageName } from './catalog.js';
import { describeCatalog } from './describe-catalog.js';
import { laneOf, lanesOf, queueNamed, routesOf, topology } from './topology.js';

describe('The lane of a key', () => {
  it('is always one of those there are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 64 }), (key, count) => {
        const lane = laneOf(key, count);
        expect(Number.isInteger(lane) && lane >= 0 && lane < count).toBe(true);
      }),
    );
  });

  it('never changes from one release to the next, since messages of the key may be under way', () => {
    expect(['', 'N-1001', 'N-1002', 'größe', '📦'].map((key) => laneOf(key, 8))).toMatchInlineSnapshot(`
     [
       6,
       6,
       2,
       7,
       2,
     ]
    `);
  });

  it('spreads running numbers evenly', () => {
    const filled = new Array<number>(8).fill(0);
    for (let number = 0; number < 8_000; number++) {
      const lane = laneOf(`ORD-${number}`, 8);
      filled[lane] = (filled[lane] ?? 0) + 1;
    }
    expect(Math.min(...filled)).toBeGreaterThan(850);
    expect(Math.max(...filled)).toBeLessThan(1_150);
  });
});

describe('The topology', () => {
  it('gives every message of the catalog at least one queue', () => {
    expect(Object.keys(catalog).filter((name) => isMessageName(name) && routesOf(name).length === 0)).toEqual([]);
  });

  it('sends all news of an order to its projection', () => {
    expect(routesOf('order.submitted.v1').map(({ name }) => name)).toEqual(['orders.project-order']);
    expect(routesOf('order.revised.v1').map(({ name }) => name)).toEqual(['orders.project-order']);
    expect(routesOf('order.action-answered.v1').map(({ name }) => name)).toEqual(['orders.project-order']);
    expect(routesOf('order.projection-changed.v1').map(({ name }) => name)).toEqual(['orders.project-order']);
  });

  it('names the lanes after their queue', () => {
    expect(lanesOf({ name: 'orders.place-order', messages: [], lanes: 2 })).toEqual([
      'orders.place-order.lane-0',
      'orders.place-order.lane-1',
    ]);
  });

  it('knows no queue that it does not declare', () => {
    expect(() => queueNamed('orders.lose-order', topology)).toThrow('does not declare');
  });
});

describe('The description of the catalog', () => {
  it('names every message, field and queue', () => {
    const text = describeCatalog();
    const expected = Object.entries(catalog).flatMap(([name, { description, fields }]) => [
      name,
      description,
      ...Object.keys(fields),
    ]);
    expect(expected.filter((part) => !text.includes(part))).toEqual([]);
    expect(topology.filter(({ name }) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
