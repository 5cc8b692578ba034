import { expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { FaultFilter } from './fault.filter.js';

/** Notes what is answered. */
function notingReply() {
  const headers: Record<string, string> = {};
  const answered: { status?: number; body?: string } = {};
  const reply = {
    header: (name: string, value: string) => {
      headers[name] = value;
      return reply;
    },
    type: () => reply,
    status: (status: number) => {
      answered.status = status;
      return reply;
    },
    send: (body: string) => {
      answered.body = body;
      return Promise.resolve();
    },
  };
  return { reply, headers, answered };
}

// What it logs is not for those who read the tests.
Logger.overrideLogger(false);

it('lets a caller come again when the database went away under its call', async () => {
  const { reply, headers, answered } = notingReply();
  await new FaultFilter().catch(
    new Error('Connection terminated unexpectedly'),
    new ExecutionContextHost([{}, reply, undefined]),
  );
  expect(answered.status).toBe(503);
  expect(headers['retry-after']).toBe('1');
  expect(answered.body).toContain('"code":"database.unavailable"');
});
