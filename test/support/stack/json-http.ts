/** All that a long run left behind takes its time to be told. */
export const longAnswerMs = 60_000;

export interface JsonRequest {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds; 10,000 unless told. */
  readonly timeoutMs?: number;
}

export interface JsonAnswer {
  readonly status: number;
  /** The parsed body; undefined where there is none. Text that is not JSON stays text. */
  readonly body: unknown;
}

/** One HTTP call that speaks JSON. Answers whatever status comes; throws where nobody answers. */
export async function callJson(method: string, url: string, request: JsonRequest = {}): Promise<JsonAnswer> {
  const answer = await fetch(url, {
    method,
    headers: { ...(request.body === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    signal: AbortSignal.timeout(request.timeoutMs ?? 10_000),
  });
  return { status: answer.status, body: parse(await answer.text()) };
}

/** The same for calls that can only succeed. @throws with method, url, status and the start of the body. */
export async function askJson<T>(method: string, url: string, request: JsonRequest = {}): Promise<T> {
  const { status, body } = await callJson(method, url, request);
  if (status < 200 || status > 299) {
    throw new Error(`${method} ${url} answered ${status}: ${JSON.stringify(body).slice(0, 600)}`);
  }
  return body as T;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
