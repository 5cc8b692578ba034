import { randomUUID } from 'node:crypto';

/** Names what has no name of its own: a run, or whoever holds something that one replica at a time may have. */
export const newName: () => string = randomUUID;
