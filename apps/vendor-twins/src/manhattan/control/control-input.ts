import { STEP_NAMES, type LifeStep } from '../fulfilment/life-steps.js';
import type { WantedLine } from '../fulfilment/selection.js';
import type { Parcel } from '../fulfilment/ship.js';
import { isTopicName } from '../pubsub/broker.js';
import type { PublishingSettings } from '../publishing/publisher.js';
import type { AmqpTargetSettings, HttpTargetSettings, PubsubTargetSettings } from '../publishing/targets.js';
import { objectIn, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';

/** Reads `{"steps":[…]}` of `PUT /control/lives/…`. @throws Refusal naming the step that cannot be read */
export function readSteps(body: JsonObject): LifeStep[] {
  if (!Array.isArray(body.steps)) throw invalid('steps', 'steps must be a list');
  return rows(body, 'steps').map(readStep);
}

function readStep(row: JsonObject, index: number): LifeStep {
  const name = STEP_NAMES.find((known) => known === row.do);
  if (!name) throw invalid(`steps[${index}].do`, `do must be one of ${STEP_NAMES.join(', ')}`);
  const step: LifeStep = { after: Number(row.after ?? 0), do: name };
  if (!(step.after >= 0)) throw invalid(`steps[${index}].after`, 'after must be milliseconds');
  if (Array.isArray(row.lines)) step.lines = rows(row, 'lines').map(readLine);
  const parcel = objectIn(row, 'package');
  if (parcel) step.package = readParcel(parcel);
  const reasonId = text(row, 'reasonId');
  if (reasonId !== undefined) step.reasonId = reasonId;
  const holdTypeId = text(row, 'holdTypeId');
  if (holdTypeId !== undefined) step.holdTypeId = holdTypeId;
  return step;
}

function readLine(row: JsonObject): WantedLine {
  const line: WantedLine = { orderLineId: String(row.orderLineId) };
  if (typeof row.quantity === 'number') line.quantity = row.quantity;
  const location = text(row, 'shipFromLocationId');
  if (location !== undefined) line.shipFromLocationId = location;
  const itemId = text(row, 'itemId');
  if (itemId !== undefined) line.itemId = itemId;
  return line;
}

function readParcel(row: JsonObject): Parcel {
  const parcel: Parcel = {};
  const [packageId, trackingNumber, carrierCode] = ['packageId', 'trackingNumber', 'carrierCode'].map((n) =>
    text(row, n),
  );
  if (packageId !== undefined) parcel.packageId = packageId;
  if (trackingNumber !== undefined) parcel.trackingNumber = trackingNumber;
  if (carrierCode !== undefined) parcel.carrierCode = carrierCode;
  return parcel;
}

/** Reads `PUT /control/publishing`; what is not named stays as it is. @throws Refusal */
export function readPublishing(body: JsonObject): Partial<PublishingSettings> {
  const settings: Partial<PublishingSettings> = {};
  if ('http' in body) settings.http = readHttp(objectIn(body, 'http'));
  if ('amqp' in body) settings.amqp = readAmqp(objectIn(body, 'amqp'));
  if ('pubsub' in body) settings.pubsub = readPubsub(objectIn(body, 'pubsub'));
  if (typeof body.consolidated === 'boolean') settings.consolidated = body.consolidated;
  if (typeof body.consolidationMs === 'number') settings.consolidationMs = body.consolidationMs;
  const attributeNames = objectIn(body, 'attributeNames');
  if (attributeNames) settings.attributeNames = texts(attributeNames);
  return settings;
}

function texts(row: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')]));
}

function readHttp(row: JsonObject | undefined): HttpTargetSettings | null {
  if (!row) return null;
  const shape = (['wrapped', 'bare', 'pubsub-push'] as const).find((known) => known === (row.shape ?? 'wrapped'));
  if (!shape) throw invalid('http.shape', 'shape must be wrapped, bare or pubsub-push');
  const bearer = text(row, 'bearer');
  const hmacSecret = text(row, 'hmacSecret');
  return {
    url: required(row, 'url', 'http'),
    shape,
    ...(bearer === undefined ? {} : { bearer }),
    ...(hmacSecret === undefined ? {} : { hmacSecret }),
  };
}

function readAmqp(row: JsonObject | undefined): AmqpTargetSettings | null {
  if (!row) return null;
  return { url: required(row, 'url', 'amqp'), queue: required(row, 'queue', 'amqp'), shape: readShape(row, 'amqp') };
}

function readPubsub(row: JsonObject | undefined): PubsubTargetSettings | null {
  if (!row) return null;
  const topic = readTopic(row, 'topic');
  const availabilityTopic = 'availabilityTopic' in row ? readTopic(row, 'availabilityTopic') : topic;
  return { topic, availabilityTopic, orderingKeys: row.orderingKeys === true, shape: readShape(row, 'pubsub') };
}

/** A short name belongs to the twin's own project. */
function readTopic(row: JsonObject, name: string): string {
  const topic = required(row, name, 'pubsub');
  const full = topic.includes('/') ? topic : `projects/twin/topics/${topic}`;
  if (!isTopicName(full)) throw invalid(`pubsub.${name}`, `${name} must be projects/<project>/topics/<topic>`);
  return full;
}

function readShape(row: JsonObject, target: string): 'bare' | 'wrapped' {
  const shape = (['bare', 'wrapped'] as const).find((known) => known === (row.shape ?? 'bare'));
  if (!shape) throw invalid(`${target}.shape`, 'shape must be bare or wrapped');
  return shape;
}

function required(row: JsonObject, name: string, target: string): string {
  const value = text(row, name);
  if (value === undefined) throw invalid(`${target}.${name}`, `${target}.${name} is required`);
  return value;
}
