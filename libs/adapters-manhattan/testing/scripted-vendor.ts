import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { omsOrganization } from '@tandem/domain';
import type { ManhattanConnectionOptions } from '../src/connection/connection-options.js';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Objects go out as JSON, text as it is. */
  readonly body?: unknown;
}

/** `hang` never answers, `cut` closes the connection, `trickle` sends a byte at a time and never ends. */
export type Script = (request: ReceivedRequest, position: number) => ScriptedAnswer | 'hang' | 'cut' | 'trickle';

export interface ScriptedVendor {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Requests to paths that begin so. */
  to(path: string): readonly ReceivedRequest[];
  close(): Promise<void>;
}

export const token = (value = 'token-1', expiresIn: number | string = 3600): ScriptedAnswer => ({
  body: { access_token: value, token_type: 'bearer', expires_in: expiresIn, scope: 'omni component' },
});

export const envelope = (data: unknown, messages: readonly unknown[] = []): ScriptedAnswer => ({
  body: { success: true, data, messages: { Message: messages, Size: messages.length }, exceptions: [] },
});

export const failure = (status: number, message: object, exceptions: readonly object[] = []): ScriptedAnswer => ({
  status,
  body: {
    success: false,
    data: null,
    messageKey: `error.${status}`,
    message: 'Bad',
    exceptions,
    messages: { Message: [message] },
  },
});

/** A server that answers as it is told, for single answers; `position` counts the requests to the same path. */
export async function startVendor(script: Script): Promise<ScriptedVendor> {
  const requests: ReceivedRequest[] = [];
  const to = (path: string) => requests.filter((request) => request.path.startsWith(path));
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
      const position = requests.filter((earlier) => earlier.path === path).length;
      requests.push(request);
      answer(response, script(request, position));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, requests, to, close };
}

function answer(response: ServerResponse, scripted: ReturnType<Script>): void {
  if (scripted === 'hang') return;
  if (scripted === 'cut') {
    response.destroy();
    return;
  }
  if (scripted === 'trickle') {
    const drops = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drops));
    return;
  }
  const { status = 200, headers = {}, body } = scripted;
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

export const optionsFor = (
  url: string,
  changes: Partial<ManhattanConnectionOptions> = {},
): ManhattanConnectionOptions => ({
  organization: omsOrganization('AURORA'),
  baseUrl: url,
  grant: 'password',
  clientId: 'tandem',
  clientSecret: 'client-secret',
  username: 'svc-tandem',
  password: 'user-secret&1',
  ...changes,
});
