import type { FastifyInstance } from 'fastify';
import type { Publisher } from '../publishing/publisher.js';
import { CHAOS_PROFILES, chaosProfile } from './chaos-profiles.js';
import type { Chaos } from './chaos.js';
import type { TenantConfig } from './tenant-config.js';

export interface ProfileParts {
  chaos: Chaos;
  config: TenantConfig;
  publisher: Publisher;
}

/** Named trouble (§11): `GET /control/chaos/profiles` lists it, `POST /control/chaos/profiles/<name>` adds it to what is on. */
export function addProfileRoutes(app: FastifyInstance, parts: ProfileParts): void {
  app.get('/control/chaos/profiles', () => CHAOS_PROFILES);
  app.post<{ Params: { name: string } }>('/control/chaos/profiles/:name', async ({ params }, reply) => {
    const applied = await applyProfile(parts, params.name);
    if (applied) return { name: params.name, ...applied };
    const known = Object.keys(CHAOS_PROFILES).join(', ');
    return reply.status(404).send({ error: `there is no profile ${params.name}; there are ${known}` });
  });
}

/** Turns the switches of a profile; answers it, or nothing when it is not known. */
export async function applyProfile({ chaos, config, publisher }: ProfileParts, name: string) {
  const profile = chaosProfile(name);
  if (!profile) return undefined;
  chaos.merge({ ...profile.chaos });
  config.merge({ ...profile.config });
  await publisher.aim({ ...profile.publishing });
  return profile;
}
