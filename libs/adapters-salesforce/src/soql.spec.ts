import { describe, expect, it } from '@jest/globals';
import { chunkedIn } from './soql.js';

const asked = 'SELECT Id FROM Account WHERE OMS_Customer_Key__c';

describe('A query for many values', () => {
  it('is one where they fit, with each value kept inside its quotes', () => {
    expect(chunkedIn(asked, ["O'Hara", 'a\\b'])).toEqual([`${asked} IN ('O\\'Hara','a\\\\b')`]);
    expect(chunkedIn(asked, [])).toEqual([]);
  });

  it('is split so that no URL is longer than the org takes, whatever letters the values have, and none is lost', () => {
    const values = Array.from({ length: 2_000 }, (_, n) => `${'ü'.repeat(n % 40)}-${n}`);
    const queries = chunkedIn(asked, values);

    expect(queries.length).toBeGreaterThan(1);
    expect(Math.max(...queries.map((soql) => encodeURIComponent(soql).length))).toBeLessThan(13_000);
    expect(queries.flatMap((soql) => soql.slice(asked.length).match(/[^',()]*-\d+/g) ?? [])).toEqual(values);
  });
});
