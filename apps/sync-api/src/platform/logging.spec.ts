import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { pinoHttp } from 'pino-http';
import { QueryFailedError } from 'typeorm';
import { loggingOptions } from './logging.js';

/** What is written about an error, as sync-api writes it. */
function lineAbout(error: unknown): string {
  const lines: string[] = [];
  const stream = new Writable({
    write: (line: Buffer, _, done) => {
      lines.push(line.toString('utf8'));
      done();
    },
  });
  pinoHttp(loggingOptions('info').pinoHttp, stream).logger.error({ err: error }, 'It failed.');
  return lines.join('');
}

const refusal = () =>
  Object.assign(new Error('duplicate key value violates unique constraint "customers_email"'), {
    ...{ code: '23505', severity: 'ERROR', table: 'customers', constraint: 'customers_email' },
    detail: 'Key (email)=(ida.invented@example.com) already exists.',
  });

it('tells of a failed statement what failed, and none of its values', () => {
  const line = lineAbout(
    new QueryFailedError('INSERT INTO customers VALUES ($1)', ['ida.invented@example.com'], refusal()),
  );

  expect(line).not.toContain('ida.invented');
  expect(JSON.parse(line)).toMatchObject({
    err: {
      type: 'QueryFailedError',
      message: expect.stringContaining('customers_email'),
      stack: expect.stringContaining('logging.spec'),
      ...{ code: '23505', severity: 'ERROR', table: 'customers', constraint: 'customers_email' },
    },
  });
});

it('tells of each error of several', () => {
  const line = lineAbout(new AggregateError([Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })]));

  expect(JSON.parse(line)).toMatchObject({ err: { aggregateErrors: [{ message: 'refused', code: 'ECONNREFUSED' }] } });
});
