import { setTimeout as pause } from 'node:timers/promises';
import { pick, type Fault } from './fault.js';

/** Long enough that the database throws out a relay that stands still, and the broker a silent consumer, is `longPauseMs`. */
const shortPauseMs = 6_000;

export const killed: Fault = {
  name: 'app-killed',
  track: 'processes',
  strike: async ({ cluster, random }) => {
    // At any instant: the work is in another place each time.
    await pause(random() * 400);
    await pick(cluster.replicas, random).restart('SIGKILL');
    return 1;
  },
};

export const processFaults: readonly Fault[] = [
  killed,
  { ...killed, name: 'app-killed-again' },
  {
    name: 'all-replicas-killed',
    track: 'processes',
    strike: async ({ cluster }) => {
      await Promise.all(cluster.replicas.map((replica) => replica.restart('SIGKILL')));
      return cluster.replicas.length;
    },
  },
  {
    name: 'replica-paused',
    track: 'processes',
    strike: async ({ cluster, random }) => Number(await pick(cluster.replicas, random).pauseFor(shortPauseMs)),
  },
  {
    name: 'terminated-under-load',
    track: 'processes',
    strike: async ({ cluster, random }) => {
      await pick(cluster.replicas, random).restart('SIGTERM');
      return 1;
    },
  },
  {
    name: 'rolling-restart',
    track: 'processes',
    strike: async ({ cluster }) => {
      for (const replica of cluster.replicas) await replica.restart('SIGTERM');
      return cluster.replicas.length;
    },
  },
];
