import type { FastifyInstance } from 'fastify';
import { parsedObject } from '../wire/json.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import type { TenantConfig } from './tenant-config.js';

interface TenantParts {
  config: TenantConfig;
  clock: VirtualClock;
}

/** What a tenant's administrator decides, and the time that all of the twin goes by. */
export function addTenantRoutes(app: FastifyInstance, { config, clock }: TenantParts): void {
  app.get('/control/config', () => config.report());
  app.put('/control/config', ({ body }, reply) => {
    const refused = config.merge(parsedObject(body) ?? {});
    if (refused.length > 0)
      return reply.status(400).send({ error: `not a switch, or not a value of it: ${refused.join(', ')}` });
    return config.report();
  });
  app.get('/control/clock', () => ({ now: vendorTime(clock.now()) }));
  app.post('/control/clock', ({ body }, reply) => {
    const advanceMs = Number(parsedObject(body)?.advanceMs);
    if (!(advanceMs >= 0)) return reply.status(400).send({ error: 'advanceMs is a number of milliseconds, 0 or more' });
    clock.advance(advanceMs);
    return { now: vendorTime(clock.now()) };
  });
}
