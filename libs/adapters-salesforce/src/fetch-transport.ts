import { PassThrough } from 'node:stream';
import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/common.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';

/** The org answered, and not with what was asked for. The body may quote personal values: only the fault table may read it. */
export class RefusedCall extends Error {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string,
  ) {
    super(`The org answered ${status}.`);
  }
}

/** No answer, or only half of one. Whether the org did what was asked is not known. */
export class BrokenCall extends Error {
  constructor(
    readonly timedOut: boolean,
    cause: unknown,
  ) {
    super(timedOut ? 'The org did not answer in time.' : 'The connection to the org broke or could not be made.', {
      cause,
    });
  }
}

/**
 * One HTTP exchange for one attempt, below a jsforce connection.
 *
 * jsforce's own transport is not used. Measured with 3.10.26: a connection that is reset in the middle of a body ends the
 * whole process (an 'error' event that nobody listens to), its time-out stops at the headers, and GETs are repeated for
 * 15 s (§3.5). Statuses from 300 on are thrown here, so that jsforce never turns them into an error without its status.
 */
export class FetchTransport extends Transport {
  constructor(
    private readonly timeoutMs: number,
    private readonly heard: (status: number, headers: Readonly<Record<string, string>>) => void = () => {},
  ) {
    super();
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.exchange(request) }));
  }

  private async exchange(request: HttpRequest): Promise<HttpResponse> {
    // Covers the body too: an org that trickles is as bad as one that is silent.
    const signal = AbortSignal.timeout(this.timeoutMs);
    const answer = await this.answerTo(request, signal).catch((thrown: unknown) => {
      throw new BrokenCall(signal.aborted, thrown);
    });
    if (answer.statusCode >= 300) throw new RefusedCall(answer.statusCode, answer.headers, answer.body);
    return answer;
  }

  private async answerTo({ url, method, headers, body }: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal,
      ...(headers && { headers }),
      ...(typeof body === 'string' && { body }),
    });
    const answered = Object.fromEntries(response.headers);
    this.heard(response.status, answered);
    return { statusCode: response.status, headers: answered, body: await response.text() };
  }
}
