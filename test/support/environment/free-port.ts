import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of those could take the port before its server does. */
const [lowest, beyond] = [20_000, 32_000];
const tries = 100;

/** A TCP port of 127.0.0.1 that was free a moment ago. @throws when none is found in a hundred tries */
export async function freePort(): Promise<number> {
  for (let turn = 0; turn < tries; turn += 1) {
    const port = randomInt(lowest, beyond);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port on 127.0.0.1');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
