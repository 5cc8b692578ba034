import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { faultOf, type TransientFault } from '@tandem/domain';
import { databaseFault } from '@tandem/messaging';
import type { FastifyReply } from 'fastify';
import { problemOf, type Problem } from './problem.js';
import { currentTraceId } from './tracing.js';

/** Turns whatever a door throws into `application/problem+json`. The only place that knows both faults and HTTP. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  private readonly logger = new Logger(FaultFilter.name);

  async catch(raw: unknown, host: ArgumentsHost): Promise<void> {
    const thrown = databaseFault(raw) ?? raw;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = thrown instanceof HttpException ? ofFramework(thrown) : problemOf(thrown, currentTraceId());
    if (problem.status >= 500) this.logger.error({ err: raw, code: problem.code }, problem.detail);
    const wait = retryAfterOf(thrown);
    if (wait !== undefined) void reply.header('retry-after', String(wait));
    await reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** What Nest or Fastify refuse by themselves: an unknown path, a body beyond the limit. */
function ofFramework(thrown: HttpException): Problem {
  const status = thrown.getStatus();
  const response = thrown.getResponse();
  // The health check answers with its own body, which tells what is down.
  if (typeof response === 'object' && 'details' in response)
    return { ...response, ...framework(status, thrown.message) };
  return framework(status, thrown.message);
}

const framework = (status: number, detail: string): Problem => ({
  type: 'about:blank',
  title: 'The call cannot work as it is.',
  status,
  detail,
  code: `http.${status}`,
});

function retryAfterOf(thrown: unknown): number | undefined {
  const fault: { readonly kind: string } & Partial<Pick<TransientFault, 'retryAfterMs'>> = faultOf(thrown);
  return fault.kind === 'transient' ? Math.ceil((fault.retryAfterMs ?? 1000) / 1000) : undefined;
}
