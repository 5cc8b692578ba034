import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectsFolder } from './twin-fixture.js';

const meta = (root: string, content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${root}>`;
const field = (name: string, more: string) =>
  meta('CustomField', `<fullName>${name}</fullName><label>${name}</label>${more}`);
const event = (behavior: string) =>
  meta(
    'CustomObject',
    `<eventType>HighVolume</eventType><label>E</label><publishBehavior>${behavior}</publishBehavior>`,
  );

/** A copy of the package with two platform events, an enriched channel and a managed subscription of a test's own. */
export function eventPackage(): string {
  const root = mkdtempSync(join(tmpdir(), 'twin-package-'));
  const objects = join(root, 'objects');
  cpSync(objectsFolder, objects, { recursive: true });
  for (const [name, behavior] of [
    ['Twin_Note__e', 'PublishAfterCommit'],
    ['Twin_Alarm__e', 'PublishImmediately'],
  ] as const) {
    put(objects, `${name}/${name}.object-meta.xml`, event(behavior));
    put(objects, `${name}/fields/Text__c.field-meta.xml`, field('Text__c', '<type>Text</type><length>80</length>'));
    put(objects, `${name}/fields/At__c.field-meta.xml`, field('At__c', '<type>DateTime</type>'));
  }
  const member = (channel: string, entity: string, more = '') =>
    meta(
      'PlatformEventChannelMember',
      `<eventChannel>${channel}</eventChannel>${more}<selectedEntity>${entity}</selectedEntity>`,
    );
  const enriched = '<enrichedFields><name>OMS_Order_Key__c</name></enrichedFields>';
  for (const entity of ['Account', 'Contact', 'Order'])
    put(
      root,
      `platformEventChannelMembers/All_${entity}.platformEventChannelMember-meta.xml`,
      member('ChangeEvents', `${entity}ChangeEvent`),
    );
  put(
    root,
    'platformEventChannelMembers/Rich.platformEventChannelMember-meta.xml',
    member('Rich__chn', 'OrderChangeEvent', enriched),
  );
  put(
    root,
    'managedEventSubscriptions/Twin_Reader.managedEventSubscription-meta.xml',
    meta(
      'ManagedEventSubscription',
      '<defaultReplay>EARLIEST</defaultReplay><topicName>/event/Twin_Note__e</topicName>',
    ),
  );
  return objects;
}

function put(root: string, path: string, content: string) {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}
