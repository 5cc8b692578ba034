/** The usual home-made outbox of a Nest service: every second a hundred rows and more, each published and awaited, then marked. */
import pg from 'pg';
import { begun, bodyOf, confirmChannel, count, databaseUrl, publish } from './scene.mjs';

const pool = new pg.Pool({ connectionString: databaseUrl });
await pool.query(`CREATE TABLE outbox (id bigserial PRIMARY KEY, body jsonb NOT NULL, sent_at timestamptz)`);
const bodies = Array.from({ length: count }, (_, number) => JSON.stringify(bodyOf(number)));
await pool.query(
  `INSERT INTO outbox (body) SELECT b::jsonb FROM unnest($1::text[]) WITH ORDINALITY AS t (b, n) ORDER BY n`,
  [bodies],
);

const channel = await confirmChannel();
let busy = false;
async function tick() {
  if (busy) return;
  busy = true;
  try {
    for (;;) {
      const { rows } = await pool.query(`SELECT id, body FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 500`);
      if (rows.length === 0) return;
      for (const { body } of rows) await publish(channel, body);
      await pool.query(`UPDATE outbox SET sent_at = now() WHERE id = ANY ($1)`, [rows.map(({ id }) => id)]);
    }
  } finally {
    busy = false;
  }
}
begun();
setInterval(() => void tick(), 1_000);
