import { randomUUID } from 'node:crypto';

/** Names whoever holds something that one replica at a time may have. */
export const newHolder: () => string = randomUUID;
