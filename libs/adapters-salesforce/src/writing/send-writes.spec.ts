import { describe, expect, it } from '@jest/globals';
import { outcomesIn } from './send-writes.js';

const refused = (statusCode: string, fields: readonly string[] = []) => ({
  success: false,
  errors: [{ statusCode, message: '', fields }],
});

describe('The outcome of a record', () => {
  it('is never read from its id: a record that was rolled back may carry one', () => {
    const rolledBack = { id: '801000000000001AAA', ...refused('ALL_OR_NONE_OPERATION_ROLLED_BACK') };

    expect(outcomesIn({ status: 200, body: [rolledBack, refused('STRING_TOO_LONG', ['Name'])] }, 2)).toMatchObject([
      { kind: 'failed', fault: { code: 'crm.field_too_long' } },
      { kind: 'failed', fault: { code: 'crm.field_too_long' } },
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['something else than a list', { status: 200, body: 'fine' }],
  ])('is a transient fault where the org says %s', (_claim, answer) => {
    expect(outcomesIn(answer, 1)).toMatchObject([{ kind: 'failed', fault: { code: 'crm.answer_unreadable' } }]);
  });
});
