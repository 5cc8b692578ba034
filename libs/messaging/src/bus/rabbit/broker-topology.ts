import { lanesOf, topology, type LaneQueue } from '../../topology.js';

/** Whether what we need at the broker is made where it is missing, only looked for, or taken for granted. */
export type TopologyMode = 'assert' | 'verify' | 'none';

/** All that we need at the broker, by physical name: declared, verified and exported from here and nowhere else. */
export interface BrokerTopology {
  /**
   * Of type direct; we send to it alone. Through the broker's own default exchange anybody who may send at all may send to every queue
   * of the virtual host, so that other tenants would not grant it.
   */
  readonly exchange: string;
  /** Queues, each bound to the exchange with its own name as the key. */
  readonly lanes: readonly string[];
  /** Queues of somebody else's that we take from, named as they are and taken as they are. */
  readonly external: readonly string[];
  /** Queues that somebody else has left, such as one of dead letters: emptied by us and never made, a misspelt name would make another one. */
  readonly adopted: readonly string[];
}

export interface BrokerTopologyOptions {
  readonly prefix: string;
  readonly queues?: readonly LaneQueue[];
  readonly external?: readonly string[];
  readonly adopted?: readonly string[];
}

export const brokerTopology = ({
  prefix,
  queues = topology,
  external = [],
  adopted = [],
}: BrokerTopologyOptions): BrokerTopology => ({
  exchange: `${prefix}lanes`,
  lanes: queues.flatMap(lanesOf).map((lane) => prefix + lane),
  external,
  adopted,
});

/** RabbitMQ 4 drops a message after 20 returns unless told otherwise. How often a message may fail is for our recovery policy alone to say. */
const returnsWithoutEnd = 1_000_000;

/** A lane: replicated, and read by one consumer at a time while the others stand by. */
export const laneArguments = {
  'x-queue-type': 'quorum',
  'x-single-active-consumer': true,
  'x-delivery-limit': returnsWithoutEnd,
} as const;

/** What a queue of somebody else's gets where its owner has made none. */
export const externalArguments = { 'x-queue-type': 'quorum' } as const;
