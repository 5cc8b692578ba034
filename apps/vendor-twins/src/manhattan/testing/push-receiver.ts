import { createServer, type IncomingHttpHeaders } from 'node:http';
import { parsedObject, type JsonObject } from '../wire/json.js';

export interface Push {
  headers: IncomingHttpHeaders;
  raw: string;
  body: JsonObject;
  /** Milliseconds since the epoch. */
  at: number;
}

/** A receiver of pushes, as the product would be one. */
export interface PushReceiver {
  url: string;
  pushes: Push[];
  /** Statuses to answer next; 200 when there are none. */
  answers: number[];
  /** How many pushes were answered with an error. */
  refused: number;
  close(): Promise<void>;
}

/** `port` lets a receiver come back where it was. */
export async function startPushReceiver(port = 0): Promise<PushReceiver> {
  const receiver: PushReceiver = { url: '', pushes: [], answers: [], refused: 0, close: () => Promise.resolve() };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const status = receiver.answers.shift() ?? 200;
      if (status === 200)
        receiver.pushes.push({
          headers: request.headers,
          raw,
          body: parsedObject(JSON.parse(raw)) ?? {},
          at: Date.now(),
        });
      else receiver.refused += 1;
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  receiver.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/push`;
  receiver.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return receiver;
}
