import { describe, expect, it } from '@jest/globals';
import type { Evidence } from './evidence.js';
import { invariants } from './invariants.js';

const archivedDone = {
  id: '1',
  dedupeKey: 'M-1',
  messageId: 'M-1',
  state: 'done',
  hasReason: false,
  traceId: 'trace-1',
};
const shipped = { side: 'oms', key: 'order A-1', change: 'create', traceId: 'trace-1' };

const sound: Evidence = {
  acknowledged: ['M-1'],
  archived: [archivedDone],
  parked: [],
  underWay: new Set(),
  onTheBus: 0,
  effects: [shipped],
  steps: [
    { subject: 'A-1', from: null, to: 'open' },
    { subject: 'A-1', from: 'open', to: 'shipped' },
  ],
  balances: [{ subject: 'A-1 line 1', ordered: 2, counted: 2 }],
  verdicts: [{ number: 'A-1', converged: true, differences: [], duplicateEffects: [], lost: [] }],
  strays: [],
  money: [],
  owners: [{ number: 'A-1', organization: 'AURORA', heldBy: 'AURORA' }],
  peaks: { rssMb: 200, files: 60, connections: 30 },
  texts: [{ where: 'the log', text: 'order A-1 placed' }],
  secrets: ['sesame'],
};

/** What each mistake would leave behind, and the invariant that has to notice it. */
const mistakes: readonly (readonly [string, string, Partial<Evidence>])[] = [
  ['a message that was acknowledged and never committed', 'I1', { archived: [] }],
  ['a message that was deleted before it was sent', 'I1', { archived: [{ ...archivedDone, state: 'received' }] }],
  [
    'a parked message whose archive says otherwise',
    'I1',
    { parked: [{ archiveId: '1', queue: 'q', sentence: 'It failed.', remedy: 'Replay it.' }] },
  ],
  [
    'an archive that says parked where nothing is',
    'I1',
    { archived: [{ ...archivedDone, state: 'parked', hasReason: true }] },
  ],
  ['two relays that sent the same message', 'I2', { effects: [shipped, shipped] }],
  ['an effect that nobody asked for', 'I2', { strays: ['The CRM had a create of Order 9, of no order.'] }],
  [
    'a ladder that let a later message pass',
    'I3',
    {
      steps: [
        { subject: 'A-1', from: null, to: 'shipped' },
        { subject: 'A-1', from: 'shipped', to: 'open' },
        { subject: 'A-1', from: 'open', to: 'shipped' },
      ].slice(1),
    },
  ],
  ['a unit that is nowhere', 'I4', { balances: [{ subject: 'A-1 line 1', ordered: 2, counted: 1 }] }],
  ['a cent that is missing', 'I5', { money: ['A-1 adds up to 9.99, and 10.00 was tendered.'] }],
  [
    'an order that the CRM shows otherwise',
    'I6',
    {
      verdicts: [{ number: 'A-1', converged: false, differences: ['Status.'], duplicateEffects: [], lost: [] }],
    },
  ],
  ['an effect without a trace', 'I7', { effects: [{ ...shipped, traceId: null }] }],
  ['an effect whose trace leads nowhere', 'I7', { effects: [{ ...shipped, traceId: 'unknown' }] }],
  ['an order in the wrong house', 'I8', { owners: [{ number: 'A-1', organization: 'AURORA', heldBy: 'BOREAL' }] }],
  ['memory that grew', 'I9', { peaks: { rssMb: 900, files: 60, connections: 30 } }],
  ['a secret in a log', 'I10', { texts: [{ where: 'the log', text: 'open sesame' }] }],
];

describe('The invariants', () => {
  it.each(Object.entries(invariants))('%s holds for a sound run', (_, check) => {
    expect(check(sound)).toEqual([]);
  });

  it.each(mistakes)('%s is noticed by %s', (_, name, left) => {
    expect(invariants[name]?.({ ...sound, ...left })).not.toEqual([]);
  });

  it('names the place of a secret and never its value', () => {
    const leaked = { ...sound, texts: [{ where: 'the log', text: 'open sesame' }] };
    expect(invariants['I10']?.(leaked).join()).not.toContain('sesame');
  });
});
