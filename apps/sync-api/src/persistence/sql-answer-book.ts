import { Defect } from '@tandem/domain';
import type { EntityManager } from 'typeorm';
import { AnswerBook, type GivenAnswer, type IdempotencyKey } from '../platform/transactions.js';

const GIVE = `
  INSERT INTO idempotency_keys (scope, key, request_hash, answer) VALUES ($1, $2, $3, $4)
  ON CONFLICT (scope, key) DO NOTHING RETURNING key`;
const GIVEN = 'SELECT request_hash AS hash, answer FROM idempotency_keys WHERE scope = $1 AND key = $2';

export class SqlAnswerBook extends AnswerBook {
  constructor(private readonly manager: EntityManager) {
    super();
  }

  async answerOnce<Answer extends object>(
    { scope, key, requestHash }: IdempotencyKey,
    answer: Answer,
  ): Promise<GivenAnswer<Answer>> {
    const given = await this.manager.query<unknown[]>(GIVE, [scope, key, requestHash, JSON.stringify(answer)]);
    if (given.length > 0) return { kind: 'given-now', answer };
    const [before] = await this.manager.query<{ hash: string; answer: Answer }[]>(GIVEN, [scope, key]);
    if (!before) throw new Defect('An idempotency key was taken and is not there.');
    return before.hash === requestHash
      ? { kind: 'given-before', answer: before.answer }
      : { kind: 'key-used-otherwise' };
  }
}
