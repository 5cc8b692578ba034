/** The outbox of most tutorials: entities are found, published one by one, and saved one by one. */
import { DataSource, EntitySchema, IsNull } from 'typeorm';
import { begun, bodyOf, confirmChannel, count, databaseUrl, publish } from './scene.mjs';

const Row = new EntitySchema({
  name: 'outbox',
  columns: {
    id: { type: 'int', primary: true, generated: true },
    body: { type: 'jsonb' },
    sentAt: { type: 'timestamptz', nullable: true },
  },
});
const database = await new DataSource({
  type: 'postgres',
  url: databaseUrl,
  entities: [Row],
  synchronize: true,
}).initialize();
const rows = database.getRepository(Row);
await rows.save(
  Array.from({ length: count }, (_, number) => ({ body: bodyOf(number) })),
  { chunk: 500 },
);

const channel = await confirmChannel();
let busy = false;
async function tick() {
  if (busy) return;
  busy = true;
  try {
    for (;;) {
      const found = await rows.find({ where: { sentAt: IsNull() }, order: { id: 'ASC' }, take: 100 });
      if (found.length === 0) return;
      for (const row of found) {
        await publish(channel, row.body);
        row.sentAt = new Date();
        await rows.save(row);
      }
    }
  } finally {
    busy = false;
  }
}
begun();
setInterval(() => void tick(), 1_000);
