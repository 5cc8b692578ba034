import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP connection in the middle, for a test to cut. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private refusing = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(host: string, port: number): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address() as AddressInfo;
    const proxy = new TcpProxy(server, address.port);
    server.on('connection', (near) => proxy.join(near, host, port));
    return proxy;
  }

  /** Resets every connection; new ones are let through. */
  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Lets no more bytes through, in silence, as a network that has lost its way. A cut ends it. */
  stall(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** Resets every connection, and each new one too, until `restore`. */
  refuse(): void {
    this.refusing = true;
    this.cut();
  }

  restore(): void {
    this.refusing = false;
  }

  async close(): Promise<void> {
    this.refuse();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket, host: string, port: number): void {
    if (this.refusing) {
      near.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const far = connect(port, host);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true).pipe(other);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
