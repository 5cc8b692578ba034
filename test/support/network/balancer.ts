import { connect, createServer, type AddressInfo, type Server } from 'node:net';

/** Spreads TCP connections over replicas, and passes over those that refuse: what stands before every installation. */
export class Balancer {
  private turn = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async over(ports: readonly number[]): Promise<Balancer> {
    const server = createServer({ pauseOnConnect: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const balancer = new Balancer(server, (server.address() as AddressInfo).port);
    server.on('connection', (near) => {
      near.on('error', () => near.destroy());
      const attempt = (left: number): void => {
        if (left === 0) return void near.destroy();
        const far = connect(ports[balancer.turn++ % ports.length] ?? 0, '127.0.0.1');
        let joined = false;
        far.once('connect', () => {
          if (near.destroyed) return void far.destroy();
          joined = true;
          near.pipe(far).pipe(near);
          near.once('close', () => far.destroy());
          near.resume();
        });
        far.on('error', () => (joined ? near.destroy() : attempt(left - 1)));
        far.once('close', () => {
          if (joined) near.destroy();
        });
      };
      attempt(ports.length);
    });
    return balancer;
  }

  close(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
