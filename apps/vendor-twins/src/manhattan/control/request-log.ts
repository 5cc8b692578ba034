import type { JsonObject } from '../wire/json.js';

export interface LoggedRequest {
  sequence: number;
  method: string;
  path: string;
  /** Null while it is being answered, and where the connection was cut instead. */
  status: number | null;
  /** As it arrived, before anything was merged or refused. */
  body: JsonObject;
}

const mostKept = 2_000;

/** The latest requests that brought a body, word by word: what a caller really sent, whatever came of it. */
export class RequestLog {
  private readonly requests: LoggedRequest[] = [];
  private count = 0;

  arrive(method: string, path: string, body: JsonObject): LoggedRequest {
    this.count += 1;
    const request = { sequence: this.count, method, path, status: null, body };
    this.requests.push(request);
    if (this.requests.length > mostKept) this.requests.shift();
    return request;
  }

  /** Oldest first; those below a path, when one is given. */
  report(path = ''): LoggedRequest[] {
    return this.requests.filter((request) => request.path.startsWith(path));
  }

  clear(): void {
    this.requests.length = 0;
    this.count = 0;
  }
}
