import { project } from '../entities/search.js';
import { isObject, parsedObject, text, type Json, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';

/** Saved templates by name (§2.1, §2.2): what `?templateName=` leaves of an order. */
export class ResponseTemplates {
  private readonly templates = new Map<string, JsonObject>();

  /** `{TemplateId, BaseEntity, TemplateJson}`, the template as an object or as text. @throws Refusal 400 */
  save(body: JsonObject): void {
    const id = text(body, 'TemplateId');
    const template = readTemplate(body.TemplateJson);
    if (id === undefined) throw invalid('TemplateId', 'TemplateId is required');
    if (!template) throw invalid('TemplateJson', 'TemplateJson must be an object');
    this.templates.set(id, template);
  }

  /** Without a name, or with one that nobody saved, everything. */
  apply(name: string | undefined, order: JsonObject): JsonObject {
    const template = name === undefined ? undefined : this.templates.get(name);
    return template ? project(order, template) : order;
  }

  clear(): void {
    this.templates.clear();
  }
}

function readTemplate(sent: Json | undefined): JsonObject | undefined {
  if (typeof sent !== 'string') return isObject(sent) ? sent : undefined;
  try {
    return parsedObject(JSON.parse(sent));
  } catch {
    return undefined;
  }
}
