import { text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import type { TenantConfig } from './tenant-config.js';

/** The `ExternalMessageId`s that one door has taken, and what the tenant does with one that comes again (§2.6, §12). */
export class ExternalMessages {
  private readonly seen = new Set<string>();

  constructor(private readonly config: TenantConfig) {}

  /** The events that are to be done. @throws Refusal 400 for a repeat, where the tenant refuses those */
  fresh(events: JsonObject[]): JsonObject[] {
    return events.filter((event) => !this.isRepeat(event));
  }

  /** Events that have been done. */
  remember(events: JsonObject[]): void {
    for (const event of events) {
      const id = text(event, 'ExternalMessageId') ?? '';
      if (id !== '') this.seen.add(id);
    }
  }

  reset(): void {
    this.seen.clear();
  }

  private isRepeat(event: JsonObject): boolean {
    const id = text(event, 'ExternalMessageId') ?? '';
    const { repeatedExternalMessage } = this.config.now;
    if (!this.seen.has(id) || repeatedExternalMessage === 'again') return false;
    if (repeatedExternalMessage === 'refuse')
      throw invalid('ExternalMessageId', `Message ${id} has been received before`);
    return true;
  }
}
