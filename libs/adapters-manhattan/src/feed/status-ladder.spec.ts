import { describe, expect, it } from '@jest/globals';
import { RETURN_STAGES, STAGES } from '@tandem/domain';
import { StatusLadder } from './status-ladder.js';

/** Both ladders as the fact sheet has them (§3.2), written down a second time on purpose. */
const SALE = {
  ...{ 1000: 'open', 1500: 'back-ordered', 1600: 'back-ordered', 2000: 'allocated', 3000: 'released' },
  ...{ 3500: 'in-process', 3600: 'picked', 3700: 'packed', 7000: 'shipped', 7500: 'delivered' },
  ...{ 8000: 'pending-return', 8500: 'returned', 9000: 'cancelled' },
};
const BACK = {
  ...{ 11000: 'pending-return', 13000: 'pending-approval', 14000: 'carrier-scanned', 15000: 'received' },
  ...{ 18000: 'returned', 19000: 'cancelled' },
};
/** As the OMS writes a rung, and a tenant's own one above it. */
const spellings = (id: string) => [id, `${id}.000`, `${id}.100`];

describe('The ladders of the fact sheet', () => {
  const ladder = new StatusLadder();

  it.each(Object.entries(SALE))('have rung %s of a sale in every spelling: %s', (id, stage) => {
    expect(spellings(id).map((status) => ladder.stageOf(status, 'StatusId'))).toEqual([stage, stage, stage]);
  });

  it.each(Object.entries(BACK))('have rung %s of a return in every spelling: %s', (id, stage) => {
    expect(spellings(id).map((status) => ladder.returnStageOf(status, 'StatusId'))).toEqual([stage, stage, stage]);
  });

  it('lead to every stage that there is', () => {
    expect(new Set(Object.values(SALE))).toEqual(new Set(STAGES));
    expect(new Set(Object.values(BACK))).toEqual(new Set(RETURN_STAGES));
  });

  it('are two: a status of one is on no rung of the other', () => {
    for (const id of Object.keys(BACK)) expect(ladder.find(id)).toBeUndefined();
    for (const id of Object.keys(SALE)) expect(() => ladder.returnStageOf(id, 'StatusId')).toThrow('ladder of returns');
  });
});

describe("A tenant's own status", () => {
  const own = new StatusLadder({ statuses: { '2500': 'picked' }, returnStatuses: { '16000': 'received' } });

  it('is read as configured', () => {
    expect(own.stageOf('2500.000', 'StatusId')).toBe('picked');
    expect(own.returnStageOf('16000', 'StatusId')).toBe('received');
  });

  it('is named with its field where nobody has mapped it, and the setting that would', () => {
    expect(() => new StatusLadder().returnStageOf('16000', 'Line.StatusId')).toThrow(
      expect.objectContaining({
        code: 'oms.unmapped_status',
        context: { field: 'Line.StatusId', value: '16000' },
        violations: [expect.objectContaining({ remedy: expect.stringContaining('oms.returnStatuses') })],
      }),
    );
  });
});
