import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables that are filled and emptied all day: without this, dead rows pile up at the very place where the next claim looks. */
const vacuumEarly =
  'WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0)';

const outbox = `
CREATE TABLE outbox_messages (
  id bigserial PRIMARY KEY,
  queue text NOT NULL,
  message_id uuid NOT NULL,
  name text NOT NULL,
  key text NOT NULL,
  site text NOT NULL,
  archive_id bigint,
  envelope text NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  last_fault text,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now()
) ${vacuumEarly};
COMMENT ON COLUMN outbox_messages.id IS 'Order of the messages; a message that comes back for a retry keeps it';
CREATE TABLE waiting_messages (
  queue text NOT NULL,
  key text NOT NULL,
  position bigint NOT NULL,
  archive_id bigint,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (queue, key, position)
) ${vacuumEarly};
COMMENT ON TABLE waiting_messages IS 'Failed once and not settled since, wherever they are now: later messages of their key wait behind them';
CREATE INDEX waiting_messages_archive_id ON waiting_messages (archive_id) WHERE archive_id IS NOT NULL;`;

const bus = `
CREATE TABLE bus_messages (
  id bigserial PRIMARY KEY,
  queue text NOT NULL,
  message_id text,
  name text,
  attempts int NOT NULL DEFAULT 0,
  position bigint,
  headers jsonb NOT NULL DEFAULT '{}',
  content_type text,
  body bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
) ${vacuumEarly};
COMMENT ON TABLE bus_messages IS 'The embedded message bus; empty where RabbitMQ carries the messages';
CREATE INDEX bus_messages_queue ON bus_messages (queue, id);`;

const claims = `
CREATE TABLE handled_messages (
  queue text NOT NULL,
  message_id uuid NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (queue, message_id)
);
CREATE TABLE inbox (
  source text NOT NULL,
  dedupe_key text NOT NULL,
  archive_id bigint NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, dedupe_key)
);`;

const archive = `
CREATE TABLE message_archive (
  id bigserial PRIMARY KEY,
  source text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  received_at timestamptz NOT NULL DEFAULT now(),
  site text,
  organization text,
  business_key text,
  headers jsonb NOT NULL DEFAULT '{}',
  content_type text,
  body bytea NOT NULL,
  body_hash text NOT NULL,
  dedupe_key text,
  trace_id text,
  state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'done', 'waiting', 'parked', 'duplicate')),
  reason jsonb
);
CREATE INDEX message_archive_business_key ON message_archive (business_key, id);
CREATE INDEX message_archive_unsettled ON message_archive (state, id) WHERE state IN ('received', 'waiting', 'parked');
CREATE TABLE message_attempts (
  id bigserial PRIMARY KEY,
  archive_id bigint,
  message_id uuid,
  queue text NOT NULL,
  attempt int NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  outcome text NOT NULL CHECK (outcome IN ('done', 'retry', 'suspended', 'parked')),
  fault_code text,
  sentence text
);
CREATE INDEX message_attempts_archive_id ON message_attempts (archive_id) WHERE archive_id IS NOT NULL;
CREATE INDEX message_attempts_message_id ON message_attempts (message_id);
CREATE TABLE parked_messages (
  id bigserial PRIMARY KEY,
  queue text NOT NULL,
  message_id uuid,
  name text NOT NULL,
  key text NOT NULL,
  site text NOT NULL,
  envelope text NOT NULL,
  archive_id bigint,
  reason jsonb NOT NULL,
  attempts int NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (queue, message_id)
);
CREATE INDEX parked_messages_archive_id ON parked_messages (archive_id) WHERE archive_id IS NOT NULL;
COMMENT ON COLUMN parked_messages.envelope IS 'As it travelled, whether or not it can be read';`;

export class CreateMessagingTables1764000000000 implements MigrationInterface {
  readonly name = 'CreateMessagingTables1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [outbox, bus, claims, archive]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE parked_messages, message_attempts, message_archive, inbox, handled_messages, bus_messages,
      waiting_messages, outbox_messages`,
    );
  }
}
