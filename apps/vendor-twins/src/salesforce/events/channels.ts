import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from '../org/json.js';
import type { Schema, SObject } from '../org/schema.js';
import { readXml } from '../org/sfdx-xml.js';
import { changeEventName } from './avro-schemas.js';

/** One entity of a channel, with the fields it brings along whether they changed or not (§3.1). */
interface Member {
  channel: string;
  source: string;
  enriched: readonly string[];
}

export interface Topic {
  name: string;
  /** what it carries, with the enriched fields of each */
  sources: ReadonlyMap<string, readonly string[]>;
  /** the object, where the topic carries one only */
  object?: SObject;
}

export interface ManagedSubscription {
  developerName: string;
  id: string;
  topicName: string;
  startsAt: 'LATEST' | 'EARLIEST';
}

const allChanges = 'ChangeEvents';

/** Topics of the org: from the package's channels, and where it has no member for change events, from the option (§3.1). */
export class Channels {
  private readonly members: readonly Member[];
  readonly managed: Map<string, ManagedSubscription>;

  /** Throws a RangeError when more entities are selected than the org allows; five unless it bought more (§3.1). */
  constructor(
    private readonly schema: Schema,
    objectsFolder: string,
    selected: readonly string[],
    mostSelected: number,
  ) {
    const packaged = readMembers(join(dirname(objectsFolder), 'platformEventChannelMembers'), schema);
    const defaults = packaged.some(({ channel }) => channel === allChanges)
      ? []
      : selected.map((source) => ({ channel: allChanges, source, enriched: [] }));
    this.members = [...packaged, ...defaults];
    const entities = this.selectedEntities();
    if (entities.size > mostSelected)
      throw new RangeError(
        `${entities.size} entities are selected for change events (${[...entities].join(', ')}); the org allows ${mostSelected}`,
      );
    this.managed = readManaged(join(dirname(objectsFolder), 'managedEventSubscriptions'));
  }

  /** Objects whose changes are published at all, on any channel. */
  selectedEntities(): Set<string> {
    return new Set(this.members.filter(({ source }) => !source.endsWith('__e')).map(({ source }) => source));
  }

  /** Names are case-sensitive (§3.1). */
  topic(name: string): Topic | undefined {
    const [, kind, rest] = /^\/(data|event)\/(\w+)$/.exec(name) ?? [];
    if (!kind || !rest) return undefined;
    if (rest === allChanges || rest.endsWith('__chn')) return this.channel(name, rest);
    return kind === 'event' ? this.platformEvent(name, rest) : this.entityChanges(name, rest);
  }

  private channel(name: string, channel: string): Topic | undefined {
    const members = this.members.filter((member) => member.channel === channel);
    if (members.length === 0) return undefined;
    return { name, sources: new Map(members.map(({ source, enriched }) => [source, enriched])) };
  }

  private platformEvent(name: string, event: string): Topic | undefined {
    const object = this.schema.objects.find((known) => known.name === event && known.event);
    return object && { name, sources: new Map([[event, []]]), object };
  }

  private entityChanges(name: string, event: string): Topic | undefined {
    const object = this.schema.objects.find((known) => changeEventName(known) === event);
    const isSelected = this.members.some(({ channel, source }) => channel === allChanges && source === object?.name);
    return object && isSelected ? { name, sources: new Map([[object.name, []]]), object } : undefined;
  }
}

function readMembers(folder: string, schema: Schema): Member[] {
  return filesIn(folder, '.platformEventChannelMember-meta.xml').map((file) => {
    const source = readXml(file, 'PlatformEventChannelMember');
    const entity = text(source, 'selectedEntity') ?? '';
    const found = schema.objects.find((known) => known.name === entity || changeEventName(known) === entity);
    if (!found) throw new TypeError(`${file} selects ${entity}, which the org does not have`);
    return { channel: text(source, 'eventChannel') ?? '', source: found.name, enriched: enrichedFields(source) };
  });
}

function enrichedFields(source: Readonly<Record<string, unknown>>): string[] {
  const given = source['enrichedFields'];
  const members: unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return members.flatMap((member) => text(member, 'name') ?? []);
}

function readManaged(folder: string): Map<string, ManagedSubscription> {
  const suffix = '.managedEventSubscription-meta.xml';
  return new Map(
    filesIn(folder, suffix).map((file, index) => {
      const source = readXml(file, 'ManagedEventSubscription');
      const developerName = file.slice(folder.length + 1, -suffix.length);
      const startsAt = text(source, 'defaultReplay') === 'EARLIEST' ? 'EARLIEST' : 'LATEST';
      const id = `18x${String(index).padStart(12, '0')}AAA`;
      return [developerName, { developerName, id, topicName: text(source, 'topicName') ?? '', startsAt }];
    }),
  );
}

function filesIn(folder: string, suffix: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => join(folder, file));
}
