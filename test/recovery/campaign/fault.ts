import type { Cluster } from './cluster.js';
import type { Load } from './load.js';

export interface Scene {
  readonly cluster: Cluster;
  readonly load: Load;
  /** Seeded: the same seed breaks the same things in the same order. */
  readonly random: () => number;
}

/** Something that goes wrong. */
export interface Fault {
  readonly name: string;
  /** Faults of one track take turns; tracks run beside each other. */
  readonly track: 'processes' | 'servers' | 'wires' | 'vendors' | 'events';
  /** Lets it happen and ends it; yields how often it really struck. */
  strike(scene: Scene): Promise<number>;
}

export const pick = <T>(items: readonly T[], random: () => number): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
};
