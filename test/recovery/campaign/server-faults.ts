import { topology } from '@tandem/messaging';
import { connect } from 'amqplib';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { eventually } from '../../support/eventually.js';
import type { Cluster } from './cluster.js';
import { pick, type Fault } from './fault.js';

const laneQueues = topology.map(({ name }) => name);
const lanes = 8;

/** Somebody deletes a lane, with whatever is in it. */
async function deleteQueue(cluster: Cluster, random: () => number): Promise<number> {
  const connection = await connect(cluster.broker.url, { timeout: 3_000 });
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    const lane = Math.floor(random() * lanes);
    await channel.deleteQueue(`${cluster.prefix}${pick(laneQueues, random)}.lane-${lane}`);
    return 1;
  } finally {
    await connection.close();
  }
}

const ours = `datname = current_database() AND pid <> pg_backend_pid()`;

export const serverFaults: readonly Fault[] = [
  {
    name: 'broker-killed',
    track: 'servers',
    strike: async ({ cluster }) => {
      await cluster.broker.kill();
      await cluster.broker.startAgain();
      return 1;
    },
  },
  { name: 'queue-deleted', track: 'servers', strike: ({ cluster, random }) => deleteQueue(cluster, random) },
  {
    name: 'broker-connections-closed',
    track: 'servers',
    strike: async ({ cluster }) => {
      await cluster.broker.closeConnections();
      return 1;
    },
  },
  {
    name: 'disk-alarm',
    track: 'servers',
    strike: async ({ cluster }) => {
      await cluster.broker.raiseDiskAlarm();
      await pause(2_000);
      await cluster.broker.clearDiskAlarm();
      return 1;
    },
  },
  {
    name: 'database-killed',
    track: 'servers',
    strike: async ({ cluster }) => {
      await cluster.postgres.crash();
      await cluster.postgres.startAgain();
      return 1;
    },
  },
  {
    name: 'database-connections-dropped',
    track: 'servers',
    strike: async ({ cluster }) => {
      const [row] = await cluster.rows<{ n: number }>(
        `SELECT count(pg_terminate_backend(pid))::int AS n FROM pg_stat_activity WHERE ${ours}`,
      );
      return row?.n ?? 0;
    },
  },
  {
    // What the time-out of a statement and the victim of a deadlock look like.
    name: 'statements-cancelled',
    track: 'servers',
    strike: async ({ cluster }) => {
      let cancelled = 0;
      for (let look = 0; look < 40 || cancelled === 0; look += 1) {
        const [row] = await cluster.rows<{ n: number }>(
          `SELECT count(*) FILTER (WHERE pg_cancel_backend(pid))::int AS n FROM pg_stat_activity
           WHERE ${ours} AND state = 'active' AND query NOT ILIKE 'listen%'`,
        );
        cancelled += row?.n ?? 0;
        if (look > 2_000) break;
      }
      return cancelled;
    },
  },
  {
    name: 'table-locked',
    track: 'servers',
    strike: async ({ cluster }) => {
      // Whoever holds one of the tables already may want the other one: then one of the two is the victim, and it may be we.
      await eventually('the tables are locked', async () => {
        const client = new pg.Client({ connectionString: cluster.postgres.url });
        client.on('error', () => undefined);
        await client.connect();
        try {
          await client.query('BEGIN');
          await client.query('LOCK TABLE outbox_messages, handled_messages IN ACCESS EXCLUSIVE MODE');
          await pause(2_000);
          await client.query('ROLLBACK');
          return true;
        } finally {
          await client.end().catch(() => undefined);
        }
      });
      return 1;
    },
  },
];
