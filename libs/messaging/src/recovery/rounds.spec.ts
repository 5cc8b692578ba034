import { describe, expect, it } from '@jest/globals';
import { Defect, PermanentFault, TransientFault } from '@tandem/domain';
import { done, failed } from './outcome.js';
import { outcomesOf, roundsByKey } from './rounds.js';

describe('Rounds', () => {
  it('hold each key once and keep its order', () => {
    const rounds = roundsByKey(['a1', 'b1', 'a2', 'c1', 'a3', 'b2'], (item) => item.charAt(0));
    expect(rounds).toEqual([['a1', 'b1', 'c1'], ['a2', 'b2'], ['a3']]);
  });
});

describe('A handler that throws', () => {
  const siteOf = (message: number) => (message < 10 ? 'nordwind-de' : 'suedwind-at');
  const calls: number[][] = [];
  const poisoned = (fault: Error) => async (batch: readonly number[]) => {
    calls.push([...batch]);
    if (batch.includes(5)) throw fault;
    return batch.map(() => done);
  };

  it('fails the one message that is to blame and no other', async () => {
    const fault = new PermanentFault('oms.item-unknown', 'The OMS does not know the item.');
    const outcomes = await outcomesOf([1, 2, 3, 4, 5, 6, 7], poisoned(fault), siteOf);
    expect(outcomes).toEqual([done, done, done, done, failed(fault), done, done]);
  });

  it('is not called again when the circumstances are to blame', async () => {
    calls.length = 0;
    const fault = new TransientFault('oms.unavailable', 'The OMS does not answer.');
    expect(await outcomesOf([4, 5, 6], poisoned(fault), siteOf)).toEqual([failed(fault), failed(fault), failed(fault)]);
    expect(calls).toEqual([[4, 5, 6]]);
  });

  it('is called for each site by itself when a far side does not answer', async () => {
    const fault = new TransientFault('oms.unavailable', 'The OMS does not answer.', { farSide: 'oms' });
    expect(await outcomesOf([11, 5, 12, 6], poisoned(fault), siteOf)).toEqual([
      done,
      failed(fault),
      done,
      failed(fault),
    ]);
  });

  it('takes a lost database for a circumstance', async () => {
    const lost = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
    const outcomes = await outcomesOf([5, 6], poisoned(lost), siteOf);
    expect(outcomes).toMatchObject([{ fault: { kind: 'transient' } }, { fault: { kind: 'transient' } }]);
  });

  it('has a defect when it throws what nobody named', async () => {
    expect(await outcomesOf([5], poisoned(new TypeError('x is undefined')), siteOf)).toMatchObject([
      { fault: { kind: 'defect' } },
    ]);
  });

  it('has a defect when it yields no outcome for a message', async () => {
    expect(await outcomesOf([1], async () => [], siteOf)).toMatchObject([
      { kind: 'failed', fault: { kind: 'defect' } },
    ]);
  });

  it('keeps the cause of a defect', async () => {
    const cause = new TypeError('x is undefined');
    const [outcome] = await outcomesOf([5], poisoned(cause), siteOf);
    expect(outcome?.kind === 'failed' && outcome.fault instanceof Defect && outcome.fault.cause).toBe(cause);
  });
});
