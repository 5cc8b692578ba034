import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Chaos } from '../control/chaos.js';
import type { TenantConfig } from '../control/tenant-config.js';
import type { AccessTokens } from './access-tokens.js';
import type { CallBudget } from './call-budget.js';
import type { Caller } from './caller.js';
import { failure } from './envelope.js';
import { objectIn, parsedObject, type JsonObject } from './json.js';
import { listed } from './listed.js';
import { Refusal } from './refusal.js';
import { spelled } from './spelling.js';

export interface VendorCall {
  caller: Caller;
  body: JsonObject;
  params: Record<string, string>;
  query: Record<string, string>;
}

/** Answers the envelope; refuses by throwing a Refusal. */
export type VendorHandler = (call: VendorCall) => JsonObject;

/** What stands between a call and its handler. */
export interface Gate {
  tokens: AccessTokens;
  chaos: Chaos;
  budget: CallBudget;
  config: TenantConfig;
}

/** The gate that every API call passes: latency, faults, bearer token, organization, and the error envelope (§1, §2.3). */
export class VendorRoutes {
  constructor(
    private readonly app: FastifyInstance,
    private readonly gate: Gate,
  ) {}

  private get chaos(): Chaos {
    return this.gate.chaos;
  }

  /** `writes` marks the saves, on which lost answers strike. */
  add(method: HTTPMethods, url: string, handler: VendorHandler, writes = false): void {
    const component = url.split('/')[1] ?? 'order';
    this.app.route({
      method,
      url,
      handler: async (request, reply) => {
        const { latencyMs } = this.chaos.now;
        if (latencyMs > 0) await pause(latencyMs);
        if (this.chaos.strikes('status5xxRatio')) return this.outage(reply);
        if (this.chaos.strikes('status401Ratio')) this.gate.tokens.revokeAll();
        const caller = this.callerOf(component, request, reply);
        if (!caller) return reply;
        const over = this.gate.budget.spend();
        if (over) return this.refuseOverBudget(component, over, reply);
        return this.run(component, handler, { caller, ...partsOf(request) }, reply, writes);
      },
    });
  }

  private run(component: string, handler: VendorHandler, call: VendorCall, reply: FastifyReply, writes: boolean) {
    try {
      const answer = spelled(this.miscounted(handler(call)), this.gate.config.now);
      if (!writes || !this.chaos.strikes('answerLost')) return reply.send(answer);
      reply.hijack();
      reply.raw.socket?.destroy();
      return reply;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return reply.status(error.status).send(failure(component, error));
    }
  }

  /** A search that says it found more or less than it did. */
  private miscounted(answer: JsonObject): JsonObject {
    const header = objectIn(answer, 'header');
    const { totalCountOffset } = this.chaos.now;
    if (totalCountOffset === 0 || header?.totalCount === undefined) return answer;
    this.chaos.count('totalCountOffset');
    const totalCount = String(Math.max(0, Number(header.totalCount) + totalCountOffset));
    return { ...answer, header: { ...header, totalCount } };
  }

  private refuseOverBudget(component: string, over: { status: number; retryAfter?: number }, reply: FastifyReply) {
    if (over.retryAfter !== undefined) void reply.header('retry-after', over.retryAfter);
    const refusal = new Refusal(over.status, '99999', 'The hourly entitlement of API calls is used up');
    return reply.status(over.status).send(failure(component, refusal));
  }

  /** A gateway's HTML page, or the component's own envelope: callers meet both. */
  private outage(reply: FastifyReply) {
    if (this.chaos.random.happens(0.5))
      return reply
        .status(503)
        .type('text/html')
        .send('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>');
    const refusal = new Refusal(500, '99999', 'Internal server error');
    return reply.status(500).send(failure('order', refusal));
  }

  /** Answers 401 or 403 itself and gives nothing when the call may not go on. */
  private callerOf(component: string, request: FastifyRequest, reply: FastifyReply): Caller | undefined {
    const [scheme = '', token = ''] = request.headers.authorization?.split(' ') ?? [];
    if (scheme.toLowerCase() !== 'bearer' || token === '') {
      const error_description = 'Full authentication is required to access this resource';
      void reply.status(401).send({ error: 'unauthorized', error_description });
      return undefined;
    }
    const identity = this.gate.tokens.check(token);
    if (typeof identity === 'string') {
      void reply.status(401).send({ error: 'invalid_token', error_description: identity });
      return undefined;
    }
    const { organizationHeader, missingGrants } = this.gate.config.now;
    const selected = request.headers[organizationHeader.toLowerCase()];
    const organization = typeof selected === 'string' && selected !== '' ? selected : identity.organization;
    if (!identity.userOrgs.includes(organization)) {
      const refusal = new Refusal(403, 'organization', `User has no access to organization ${organization}`);
      void reply.status(403).send(failure('organization', refusal));
      return undefined;
    }
    if (listed(missingGrants).includes(component)) {
      const refusal = new Refusal(403, '403', `User has no grant for ${component}`);
      void reply.status(403).send(failure(component, refusal));
      return undefined;
    }
    const traceparent = request.headers.traceparent;
    return {
      user: identity.user,
      organization,
      by: 'api',
      traceparent: typeof traceparent === 'string' ? traceparent : null,
    };
  }
}

function partsOf(request: FastifyRequest): Pick<VendorCall, 'body' | 'params' | 'query'> {
  return { body: parsedObject(request.body) ?? {}, params: strings(request.params), query: strings(request.query) };
}

function strings(source: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(parsedObject(source) ?? {}).map(([name, value]) => [name, String(value)]));
}
