import { Defect } from '@tandem/domain';
import type { MessageName } from './catalog.js';

/** A queue of ours: so many ordered lanes, and the messages that are routed to it. */
export interface LaneQueue {
  readonly name: string;
  readonly messages: readonly MessageName[];
  /** Another number moves keys to other lanes: `LaneGenerations` keeps their order meanwhile. */
  readonly lanes: number;
}

/** Of each queue, where nothing else is said. */
export const defaultLanes = 8;
export const mostLanes = 64;
const lanes = defaultLanes;

/** Every queue of ours; declared nowhere else. */
export const topology = [
  {
    name: 'orders.submit-order',
    messages: ['order.submission-requested.v1', 'crm-order.changed.v1', 'agent-action.asked.v1'],
    lanes,
  },
  {
    name: 'orders.place-order',
    messages: [
      'order.accepted.v1',
      'order.lost.v1',
      'customer.ready.v1',
      'order.revision-requested.v1',
      'order.action-requested.v1',
    ],
    lanes,
  },
  {
    name: 'orders.project-order',
    messages: [
      'order.submitted.v1',
      'order.revised.v1',
      'order.action-answered.v1',
      'order.projection-changed.v1',
      'order.projection-doubted.v1',
      'order.rebuilt.v1',
    ],
    lanes,
  },
  { name: 'customers.find-customer', messages: ['crm-customer.changed.v1'], lanes },
  { name: 'customers.save-customer', messages: ['customer.changed.v1', 'customer.needed.v1'], lanes },
  { name: 'fulfillment.record-snapshot', messages: ['oms-order.published.v1'], lanes },
] as const satisfies readonly LaneQueue[];

/** The same queues with another number of lanes each. */
export const topologyWith = (count: number): readonly LaneQueue[] =>
  topology.map((queue) => ({ ...queue, lanes: count }));

export type QueueName = (typeof topology)[number]['name'];
/** The messages that may arrive on a queue. */
export type MessageOn<Q extends QueueName> = Extract<
  (typeof topology)[number],
  { readonly name: Q }
>['messages'][number];

/** The queues that a message goes to; several may want it. */
export const routesOf = (name: MessageName, queues: readonly LaneQueue[] = topology) =>
  queues.filter((queue) => queue.messages.includes(name));

export function queueNamed(name: string, queues: readonly LaneQueue[]): LaneQueue {
  const found = queues.find((queue) => queue.name === name);
  if (found === undefined)
    throw new Defect('A queue was asked for that the topology does not declare.', { context: { queue: name } });
  return found;
}

export const laneName = (queue: string, lane: number) => `${queue}.lane-${lane}`;

/** The physical name of every lane of a queue, lane 0 first. */
export const lanesOf = (queue: LaneQueue) =>
  Array.from({ length: queue.lanes }, (_, lane) => laneName(queue.name, lane));

/** The same queues, of which one is read with another number of lanes. */
export const withLanes = (queues: readonly LaneQueue[], name: string, lanes: number): readonly LaneQueue[] =>
  queues.map((queue) => (queue.name === name ? { ...queue, lanes } : queue));

/** The lane of a key, from 0: FNV-1a over its UTF-16 units, stirred, so that similar keys spread. Stable for ever. */
export function laneOf(key: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) % count;
}
