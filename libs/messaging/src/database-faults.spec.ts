import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { databaseFault } from './database-faults.js';

const withCode = (code: string) => Object.assign(new Error('said by the server'), { code });

describe('An error of the database', () => {
  it.each([
    ['a socket that went away under a query', new Error('Connection terminated unexpectedly')],
    ['a connection that was reset', withCode('ECONNRESET')],
    ['a server that was told to stop', withCode('57P01')],
    ['a connection that went away between two queries of a transaction', new QueryRunnerAlreadyReleasedError()],
    ['the same, where the transaction goes on', new QueryRunnerProviderAlreadyReleasedError()],
  ])('is an outage that passes: %s', (_, error) => {
    expect(databaseFault(error)).toMatchObject({ kind: 'transient', code: 'database.unavailable', cause: error });
  });

  it('is a conflict where another transaction was in the way', () => {
    expect(databaseFault(withCode('40P01'))).toMatchObject({ kind: 'conflict', code: 'database.deadlock' });
  });

  it.each([
    ['a wrong statement', withCode('42601')],
    ['what is no error', 'lost'],
  ])('is none of these: %s', (_, error) => {
    expect(databaseFault(error)).toBeUndefined();
  });
});
