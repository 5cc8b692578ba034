import { Session } from 'node:inspector/promises';

/** The part of a CPU profile (Chrome DevTools Protocol, Profiler.Profile) that a picture needs. Times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[] | undefined;
}

interface Answer {
  readonly id?: number;
  readonly result?: { readonly profile?: CpuProfile; readonly result?: { readonly value?: unknown } };
}

const processorTime = '(({ user, system }) => (user + system) / 1000)(process.cpuUsage())';

/** Looks into a process that was started with `--inspect`. */
export class Inspector {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private asked = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      const { id, ...answer } = JSON.parse(String(data)) as Answer;
      if (id !== undefined) this.waiting.get(id)?.(answer);
    });
  }

  /** @throws where nothing lets itself be looked into on that port. */
  static async of(port: number): Promise<Inspector> {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target] = (await answer.json()) as readonly { readonly webSocketDebuggerUrl: string }[];
    const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`Nothing can be looked into on port ${port}.`)));
    });
    return new Inspector(socket);
  }

  /** Milliseconds of processor time that the process has used since it started, of all its threads. */
  async processorMs(): Promise<number> {
    return Number((await this.ask('Runtime.evaluate', { expression: processorTime })).result?.result?.value);
  }

  /** What the process did while the work lasted. */
  async profile(work: () => Promise<unknown>): Promise<CpuProfile> {
    await this.ask('Profiler.enable');
    await this.ask('Profiler.start');
    await work();
    const { result } = await this.ask('Profiler.stop');
    if (result?.profile === undefined) throw new Error('The profiler yielded no profile.');
    return result.profile;
  }

  close(): void {
    this.socket.close();
  }

  private ask(method: string, params: object = {}): Promise<Answer> {
    return new Promise((resolve) => {
      this.asked += 1;
      this.waiting.set(this.asked, resolve);
      this.socket.send(JSON.stringify({ id: this.asked, method, params }));
    });
  }
}

/** What this very process did while the work lasted. */
export async function ownProfile(work: () => Promise<unknown>): Promise<CpuProfile> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await work();
    const { profile } = await session.post('Profiler.stop');
    const { nodes, samples = [], timeDeltas = [] } = profile;
    return { nodes, samples, timeDeltas };
  } finally {
    session.disconnect();
  }
}
