import { CreateMessagingTables1764000000000 } from './create-messaging-tables.js';
import { CreateDuties1764110000000 } from './create-duties.js';
import { CreateReplays1764120000000 } from './create-replays.js';
import { CreateLaneGenerations1764130000000 } from './create-lane-generations.js';
import { KeepSentMessages1764000300000 } from './keep-sent-messages.js';
import { MarkReturnedMessages1764000200000 } from './mark-returned-messages.js';

/** For the `migrations` of the DataSource. */
export const messagingMigrations = [
  CreateMessagingTables1764000000000,
  MarkReturnedMessages1764000200000,
  KeepSentMessages1764000300000,
  CreateDuties1764110000000,
  CreateReplays1764120000000,
  CreateLaneGenerations1764130000000,
];
