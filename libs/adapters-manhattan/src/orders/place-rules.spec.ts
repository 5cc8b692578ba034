import { describe, expect, it } from '@jest/globals';
import { orderNumber } from '@tandem/domain';
import { anAcceptedOrder, anOrderOf, aSite } from '@tandem/domain/testing';
import { placeViolations } from './place-rules.js';

const rulesOf = (order: ReturnType<typeof anOrderOf>['terms'], site = aSite()) =>
  placeViolations(site, order).map(({ field, rule }) => `${field} ${rule}`);

describe('Before an order is sent', () => {
  it('is found to be fit', () => {
    expect(rulesOf(anOrderOf(1, 2).terms)).toEqual([]);
  });

  it('is refused with more lines than the OMS takes, and not with as many (§2.7)', () => {
    const { terms } = anOrderOf(1, 1, 1);
    expect(rulesOf(terms, aSite({ maxLines: 3 }))).toEqual([]);
    expect(rulesOf(terms, aSite({ maxLines: 2 }))).toEqual(['lines lines.too_many']);
  });

  it.each(['A#1', 'A+1', 'A?1', 'A/1'])(
    'is refused with the number %s, which breaks addresses later (§2.5, §10.20)',
    (number) => {
      expect(rulesOf(anAcceptedOrder({ number }).terms)).toEqual(['number id.reserved_character']);
    },
  );

  it('is refused with a line id of the same kind, named by its place (§10.20)', () => {
    const { terms } = anOrderOf(1, 1);
    const lines = terms.lines.map((line, index) => (index === 1 ? { ...line, id: `2/b` as typeof line.id } : line));
    expect(rulesOf({ ...terms, lines })).toEqual(['lines[1].id id.reserved_character']);
  });

  it('is refused without a number, for the OMS would invent one (§2.5)', () => {
    expect(rulesOf({ ...anOrderOf(1).terms, number: orderNumber('') })).toEqual(['number id.empty']);
  });

  it('is refused with a tender that the site cannot name to the OMS (§3.4)', () => {
    const site = aSite();
    const oms = { ...site.oms, tenderTypes: {} };
    expect(rulesOf(anOrderOf(1).terms, { ...site, oms })).toEqual(['tenders[0].type tender.unmapped_type']);
  });
});
