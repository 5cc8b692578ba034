import { randomBytes } from 'node:crypto';
import type { TwinClient } from '../options.js';

export interface Session {
  client: TwinClient;
  userId: string;
  lastUsed: number;
}

/** Access tokens of the org. A session ends after two hours without a call (§1.4), or when it is revoked. */
export class Sessions {
  private readonly open = new Map<string, Session>();

  constructor(private readonly now: () => Date) {}

  /** An opaque token, `<15-character org id>!<rest>` (§1.4). */
  start(organizationId: string, client: TwinClient, userId: string): string {
    const token = `${organizationId.slice(0, 15)}!${randomBytes(48).toString('hex')}`;
    this.open.set(token, { client, userId, lastUsed: this.now().getTime() });
    return token;
  }

  use(token: string): Session | undefined {
    const session = this.open.get(token);
    const at = this.now().getTime();
    if (!session || at - session.lastUsed > 2 * 3_600_000) {
      this.open.delete(token);
      return undefined;
    }
    session.lastUsed = at;
    return session;
  }

  revoke(token: string) {
    this.open.delete(token);
  }

  revokeAll(): number {
    const ended = this.open.size;
    this.open.clear();
    return ended;
  }
}
