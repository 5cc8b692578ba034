import type { JsonObject } from '../wire/json.js';

export interface LoggedRequest {
  sequence: number;
  method: string;
  path: string;
  status: number;
  /** As it arrived, before anything was merged or refused. */
  body: JsonObject;
}

const mostKept = 2_000;

/** The latest requests that brought a body, word by word: what a caller really sent, whatever came of it. */
export class RequestLog {
  private readonly requests: LoggedRequest[] = [];
  private count = 0;

  note(request: Omit<LoggedRequest, 'sequence'>): void {
    this.count += 1;
    this.requests.push({ sequence: this.count, ...request });
    if (this.requests.length > mostKept) this.requests.shift();
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
