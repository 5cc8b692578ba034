import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../testing/eventually.js';
import { BatchIntake } from './batch-intake.js';

/** An intake whose handler fails as long as `failing` says so, and what became of its messages. */
function intakeOf(failing: (batch: readonly string[]) => boolean, batchSize = 3) {
  const [batches, acked, nacked, failures]: [string[][], string[], string[], unknown[]] = [[], [], [], []];
  const intake = new BatchIntake<{ id: string; ack(): void; nack(): void }>({
    batchSize,
    pauseMs: 1,
    onFailure: (thrown) => failures.push(thrown),
    handle: (batch) => {
      const ids = batch.map(({ id }) => id);
      batches.push(ids);
      return failing(ids) ? Promise.reject(new Error('no')) : Promise.resolve();
    },
  });
  const take = (...ids: readonly string[]) =>
    ids.forEach((id) => intake.take({ id, ack: () => acked.push(id), nack: () => nacked.push(id) }));
  return { intake, take, batches, acked, nacked, failures };
}

describe('The intake of a door', () => {
  it('hands over what has come together, no more than a batch at once, and acknowledges it', async () => {
    const { intake, take, batches, acked } = intakeOf(() => false);
    take('a', 'b', 'c', 'd');
    await eventually('all are acknowledged', () => acked.length === 4);
    expect(batches).toEqual([['a', 'b', 'c'], ['d']]);
    await intake.close();
  });

  it('keeps a batch through an outage and gives nothing back, so that nothing counts towards the dead letters', async () => {
    let outage = 3;
    const { intake, take, acked, nacked, failures } = intakeOf(() => outage-- > 0);
    take('a', 'b');
    await eventually('both are acknowledged', () => acked.length === 2);
    expect(nacked).toEqual([]);
    expect(failures).toHaveLength(3);
    await intake.close();
  });

  it('gives back only the message that always fails, and goes on with the others', async () => {
    const { intake, take, acked, nacked } = intakeOf((batch) => batch.includes('bad'));
    take('a', 'bad', 'c', 'd');
    await eventually('the others are acknowledged', () => acked.length === 3);
    expect([...acked].sort()).toEqual(['a', 'c', 'd']);
    expect(nacked).toEqual(['bad']);
    await intake.close();
  });

  it('gives a message that fails alone back in the end, since the broker counts', async () => {
    const { intake, take, batches, nacked } = intakeOf(() => true);
    take('bad');
    await eventually('it is given back', () => nacked.length === 1);
    expect(batches).toHaveLength(5);
    await intake.close();
  });

  it('waits for what is being handled when it closes, and gives back the rest', async () => {
    const { intake, take, acked, nacked } = intakeOf(() => false, 1);
    take('a', 'b');
    await intake.close();
    take('late');
    expect([...acked, ...nacked].sort()).toEqual(['a', 'b', 'late']);
    expect(nacked).toContain('late');
  });
});
