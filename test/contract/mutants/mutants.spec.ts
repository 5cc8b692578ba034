import { describe, expect, it } from '@jest/globals';
import { mutantsOf, spread } from './mutants.js';

const text = `import { negated } from 'Domain';
/** Of status '3000' and 'OrderId'. */
const ladder = { '7000': 'shipped' };
const save = {
  ChargeTotal: negated(amount),
  name: row.text('CarrierCode'),
};
`;

describe('Mutants of the mapping', () => {
  it('misread a status id, a sign and a field name, and leave imports and comments alone', () => {
    expect(mutantsOf('a.js', text).map(({ kind, line, was, becomes }) => [kind, line, was, becomes])).toEqual([
      ['status id', 3, '7000', '7001'],
      ['field name', 5, 'ChargeTotal', 'ChargeTotalX'],
      ['sign', 5, 'negated', ''],
      ['field name', 6, 'CarrierCode', 'CarrierCodeX'],
    ]);
  });

  it('are named by their place in the text as it is', () => {
    for (const { start, end, was } of mutantsOf('a.js', text)) expect(text.slice(start, end)).toBe(was);
  });

  it('are spread over the whole when only some are wanted', () => {
    const all = mutantsOf('a.js', text.repeat(5));
    const some = spread(all, 5, 0);
    expect(some).toHaveLength(5);
    expect(new Set(some.map(({ line }) => Math.floor((line - 1) / 7))).size).toBe(5);
  });
});
