import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How a wire treats bytes. `stalled`: they stand still, in silence. `answerless`: the first byte of an answer resets the connection. */
export type WireMode =
  | { readonly kind: 'clear' | 'stalled' | 'answerless' }
  | { readonly kind: 'slow'; readonly latencyMs: number }
  /** So few bytes at a time. */
  | { readonly kind: 'trickling'; readonly bytes: number; readonly everyMs: number };

/** A TCP connection in the middle between the service and something it needs, which a test makes as bad as it likes. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private mode: WireMode = { kind: 'clear' };
  private clear: (() => void) | undefined;
  private cleared = Promise.resolve();
  /** Chunks and connections that a fault touched: none means that the fault never fired. */
  touched = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly target: () => number,
  ) {}

  /** @param target yields the port on 127.0.0.1 to connect to, asked anew for each connection. */
  static async to(target: () => number): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const wire = new Wire(server, (server.address() as AddressInfo).port, target);
    server.on('connection', (near) => wire.join(near));
    return wire;
  }

  /** Resets every connection; new ones are let through. */
  cut(): void {
    this.touched += this.sockets.size;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  worsen(mode: WireMode): void {
    this.mode = mode;
    this.cleared = new Promise((resolve) => (this.clear = resolve));
  }

  /** Back to normal. What stood still is reset, as a firewall does that has forgotten the connection. */
  mend(): void {
    const { kind } = this.mode;
    this.mode = { kind: 'clear' };
    this.clear?.();
    if (kind === 'stalled') for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.mend();
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket): void {
    const far = connect(this.target(), '127.0.0.1');
    for (const [from, to, isAnswer] of [
      [near, far, false],
      [far, near, true],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true).on('error', () => undefined);
      from.on('data', (chunk: Buffer) => {
        from.pause();
        this.carry(chunk, to, isAnswer).then(
          () => from.resume(),
          () => from.destroy(),
        );
      });
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }

  private async carry(chunk: Buffer, to: Socket, isAnswer: boolean): Promise<void> {
    const { mode } = this;
    if (mode.kind !== 'clear') this.touched += 1;
    switch (mode.kind) {
      case 'clear':
        break;
      case 'stalled':
        await this.cleared;
        return;
      case 'answerless':
        if (!isAnswer) break;
        to.resetAndDestroy();
        return;
      case 'slow':
        await Promise.race([pause(mode.latencyMs), this.cleared]);
        break;
      case 'trickling':
        return this.trickle(chunk, to, mode);
    }
    await written(to, chunk);
  }

  private async trickle(chunk: Buffer, to: Socket, { bytes, everyMs }: { bytes: number; everyMs: number }) {
    for (let at = 0; at < chunk.length; at += bytes) {
      if (this.mode.kind !== 'trickling') return written(to, chunk.subarray(at));
      await written(to, chunk.subarray(at, at + bytes));
      await pause(everyMs);
    }
  }
}

/** Resolves when the next chunk may be written: a receiver that is slow slows the sender. */
async function written(to: Socket, chunk: Buffer): Promise<void> {
  if (to.destroyed || to.write(chunk)) return;
  await new Promise<void>((resolve) => to.once('drain', resolve).once('close', resolve));
}
