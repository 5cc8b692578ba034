import { OutboxRelay, RabbitMessageBus } from '@tandem/messaging';
import { DataSource } from 'typeorm';
import { beChild } from './child.js';
import { benchQueues } from './outbox.js';

/** The relay, and nothing else: it greets with the memory that its process has before it sends, its last word is the most that it ever had. */
const [databaseUrl = '', amqpUrl = '', prefix = ''] = process.argv.slice(2);
const onFailure = (error: unknown) => void process.stderr.write(`${String(error)}\n`);
const source = await new DataSource({ type: 'postgres', url: databaseUrl }).initialize();
const bus = new RabbitMessageBus({ url: amqpUrl, prefix, queues: benchQueues, onFailure });
await bus.start();
new OutboxRelay(source, bus, { queues: benchQueues, onFailure }).start();
beChild({ rssMb: process.memoryUsage.rss() / 2 ** 20 }, async () => ({ maxRssKb: process.resourceUsage().maxRSS }));
