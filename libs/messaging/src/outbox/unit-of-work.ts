import type { DataSource, EntityManager } from 'typeorm';
import { databaseFault } from '../database-faults.js';

/** One transaction for a state change, its audit and its messages. */
export class UnitOfWork {
  constructor(
    private readonly database: DataSource,
    private readonly relay: { wake(): void },
  ) {}

  /**
   * Runs the work in one transaction (read committed) and wakes the relay once it is committed. All or nothing.
   * Deadlock, serialization failure and lock time-out are a ConflictFault, a lost database is a TransientFault (it may then have
   * committed all the same: claim the causing message first); whatever else the work throws passes through.
   */
  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    try {
      const result = await this.database.transaction('READ COMMITTED', work);
      this.relay.wake();
      return result;
    } catch (error) {
      throw databaseFault(error) ?? error;
    }
  }
}
