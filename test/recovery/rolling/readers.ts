import { connect } from 'amqplib';
import pg from 'pg';

/** How many read a lane of the broker, or whether somebody has it where the bus is kept on PostgreSQL. */
export interface LaneAt {
  readonly databaseUrl: string;
  readonly amqpUrl: string | undefined;
  readonly prefix: string;
  readonly lane: string;
}

const holders = `SELECT count(*)::int AS n FROM pg_locks, hashtextextended('tandem.bus.' || $1, 0) AS key
  WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) | objid::bigint = key
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

export async function readersOf({ databaseUrl, amqpUrl, prefix, lane }: LaneAt): Promise<number> {
  if (amqpUrl !== undefined) {
    const connection = await connect(amqpUrl);
    const channel = await connection.createChannel();
    const { consumerCount } = await channel.checkQueue(prefix + lane);
    await connection.close();
    return consumerCount;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(holders, [lane]);
  await client.end();
  return rows[0]?.n ?? 0;
}
