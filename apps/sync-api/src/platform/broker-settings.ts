import type { TopologyMode } from '@tandem/messaging';
import type { Environment } from './environment.js';

/** How the message broker is reached, and what we need there. */
export interface BrokerSettings {
  readonly url: string;
  readonly topology: TopologyMode;
}

/** Names at the broker. */
export interface BrokerNames {
  /** Stands before the name of everything of ours. */
  readonly prefix: string;
  /** The queue that the OMS's publishes arrive on. */
  readonly omsEventsQueue: string;
}

export function brokerNames(env: Environment): BrokerNames {
  const prefix = env.text('TANDEM_BUS_PREFIX', 'tandem.');
  return { prefix, omsEventsQueue: env.text('TANDEM_OMS_EVENTS_QUEUE', `${prefix}oms.order-events`) };
}

/** Undefined where the message bus is kept on PostgreSQL. */
export function brokerSettings(env: Environment): BrokerSettings | undefined {
  if (env.optional('TANDEM_AMQP_URL') === undefined) return undefined;
  return {
    url: env.url('TANDEM_AMQP_URL', ['amqp:', 'amqps:']),
    topology: env.choice('TANDEM_BUS_TOPOLOGY', ['assert', 'verify', 'none'], 'assert'),
  };
}
