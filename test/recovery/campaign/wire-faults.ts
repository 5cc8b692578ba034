import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import type { Wire, WireMode } from '../../support/network/wire.js';
import type { Wires } from './cluster.js';
import type { Fault } from './fault.js';

/** Keeps the wire bad for so long, and longer where nothing has passed over it yet. */
async function bad(wire: Wire, mode: WireMode, forMs: number): Promise<number> {
  const before = wire.touched;
  wire.worsen(mode);
  try {
    await pause(forMs);
    await eventually('the fault touches something', async () => (wire.touched > before ? true : undefined), {
      within: 30_000,
    }).catch(() => undefined);
  } finally {
    wire.mend();
  }
  return wire.touched - before;
}

const onWire = (name: string, wire: keyof Wires, mode: WireMode, forMs: number): Fault => ({
  name: `${wire}-${name}`,
  track: 'wires',
  strike: ({ cluster }) => bad(cluster.wires[wire], mode, forMs),
});

const cutOf = (wire: keyof Wires): Fault => ({
  name: `${wire}-cut`,
  track: 'wires',
  strike: async ({ cluster }) => {
    const { touched } = cluster.wires[wire];
    await eventually('there is a connection to cut', async () => {
      cluster.wires[wire].cut();
      return cluster.wires[wire].touched > touched ? true : undefined;
    }).catch(() => undefined);
    return cluster.wires[wire].touched - touched;
  },
});

const trickling: WireMode = { kind: 'trickling', bytes: 40, everyMs: 15 };
const slow: WireMode = { kind: 'slow', latencyMs: 5_000 };

export const wireFaults: readonly Fault[] = [
  cutOf('database'),
  cutOf('broker'),
  cutOf('crm'),
  cutOf('oms'),
  onWire('half-open', 'broker', { kind: 'stalled' }, 4_000),
  onWire('half-open', 'database', { kind: 'stalled' }, 3_000),
  onWire('half-open', 'crm', { kind: 'stalled' }, 3_000),
  onWire('slow', 'crm', slow, 6_000),
  onWire('slow', 'oms', slow, 6_000),
  onWire('trickling', 'crm', trickling, 2_000),
  onWire('trickling', 'oms', trickling, 2_000),
  // The far side committed; its answer never came.
  onWire('reset-before-answer', 'crm', { kind: 'answerless' }, 800),
  onWire('reset-before-answer', 'oms', { kind: 'answerless' }, 800),
];
