import { isObject, objectIn, rows, text, type Json, type JsonObject } from '../wire/json.js';
import { compileQuery } from './search-query.js';

export interface SearchResult {
  data: JsonObject[];
  /** `totalCount` is a string, as the vendor's may be (§2.2). */
  header: JsonObject;
}

/** `POST …/search` (§2.2): zero-based pages of 50 unless asked otherwise, template projection, sorting. @throws Refusal */
export function search(entities: JsonObject[], body: JsonObject): SearchResult {
  const found = entities.filter(compileQuery(text(body, 'Query') ?? ''));
  const [sort] = rows(body, 'Sort');
  if (sort) sortBy(found, text(sort, 'attribute') ?? '', text(sort, 'direction')?.toLowerCase() === 'desc');
  const size = positive(body.Size, 50);
  const page = positive(body.Page, 0);
  const template = objectIn(body, 'Template');
  const data = found.slice(page * size, (page + 1) * size);
  return {
    data: data.map((entity) => (template ? project(entity, template) : entity)),
    header: { totalCount: String(found.length), page, size },
  };
}

/** The attributes that a template names; a nested object or a list with one object narrows children. */
export function project(entity: JsonObject, template: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(template).map(([name, wish]) => [name, narrow(entity[name] ?? null, wish)]));
}

function narrow(value: Json, wish: Json): Json {
  const inner = Array.isArray(wish) ? wish[0] : wish;
  if (!isObject(inner)) return value;
  if (Array.isArray(value)) return value.map((row) => (isObject(row) ? project(row, inner) : row));
  return isObject(value) ? project(value, inner) : value;
}

function sortBy(entities: JsonObject[], attribute: string, descending: boolean): void {
  const direction = descending ? -1 : 1;
  const key = (entity: JsonObject) => String(entity[attribute] ?? '');
  entities.sort((left, right) => (key(left) < key(right) ? -direction : key(left) > key(right) ? direction : 0));
}

function positive(value: Json | undefined, otherwise: number): number {
  const number = Number(value ?? otherwise);
  return Number.isInteger(number) && number >= 0 ? number : otherwise;
}
