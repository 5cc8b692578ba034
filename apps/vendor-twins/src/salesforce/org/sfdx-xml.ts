import { XMLParser } from 'fast-xml-parser';
import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject } from './json.js';

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'value' });

/** The content of a metadata file's root element; numbers and booleans stay text. Throws when the root is another. */
export function readXml(file: string, root: string): JsonObject {
  const parsed: unknown = parser.parse(readFileSync(file, 'utf8'));
  const body = isJsonObject(parsed) ? parsed[root] : undefined;
  if (!isJsonObject(body)) throw new TypeError(`${file} holds no ${root}`);
  return body;
}
