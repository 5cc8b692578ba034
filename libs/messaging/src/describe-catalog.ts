import { catalog, type MessageDeclaration, type MessageName } from './catalog.js';
import { ruleOf } from './fields.js';
import { routesOf } from './topology.js';

/** docs/messages.md, as Markdown. */
export function describeCatalog(): string {
  const sections = Object.entries<MessageDeclaration>(catalog).map(([name, declared]) =>
    sectionOf(name as MessageName, declared),
  );
  return ['# Messages', '', 'Generated from the catalog of `@tandem/messaging`; do not edit.', '', ...sections].join(
    '\n',
  );
}

function sectionOf(name: MessageName, { description, publisher, fields }: MessageDeclaration): string {
  const queues = routesOf(name).map((queue) => `\`${queue.name}\``);
  const rows = Object.entries(fields).map(
    ([field, rule]) => `| \`${field}\` | ${ruleOf(rule)} | ${rule.description} |`,
  );
  return [
    `## \`${name}\``,
    '',
    description,
    '',
    `Sent by ${publisher}; goes to ${queues.join(', ')}.`,
    '',
    '| field | rule | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
