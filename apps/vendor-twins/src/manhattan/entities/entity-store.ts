import type { JsonObject } from '../wire/json.js';

/** Stored documents of one kind, by organization and business key. */
export class EntityStore {
  private readonly documents = new Map<string, JsonObject>();

  find(organization: string, key: string): JsonObject | undefined {
    return this.documents.get(storeKey(organization, key));
  }

  put(organization: string, key: string, document: JsonObject): void {
    this.documents.set(storeKey(organization, key), document);
  }

  all(): JsonObject[] {
    return [...this.documents.values()];
  }

  clear(): void {
    this.documents.clear();
  }
}

function storeKey(organization: string, key: string): string {
  return JSON.stringify([organization, key]);
}
