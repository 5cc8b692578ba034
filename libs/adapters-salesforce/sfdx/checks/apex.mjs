/**
 * Parses every class, and looks up every name in it that the compiler of an org would: fields of queries and of
 * records that are made, labels, custom permissions. No tool outside an org knows types, so that what is read of a
 * variable is looked up among the fields of all objects.
 */
import { basename } from 'node:path';
import {
  ApexErrorListener,
  ApexParserBaseListener,
  ApexParserFactory,
  ApexParseTreeWalker,
} from '@apexdevtools/apex-parser';
import {
  complaintAboutField,
  conclude,
  customNames,
  customPermissions,
  files,
  labels,
  packagedFields,
  tagged,
  textOf,
} from './package-contents.mjs';

class Errors extends ApexErrorListener {
  found = [];
  apexSyntaxError(line, column, message) {
    this.found.push(`${line}:${column} ${message}`);
  }
}

/** Fields of queries, with the object that they are asked of, and of records that are made with `new`. */
class Fields extends ApexParserBaseListener {
  asked = [];
  made = [];

  enterQuery(query) {
    const object = query.fromNameList().getText();
    const parts = [query.selectList(), query.whereClause(), query.orderByClause()];
    for (const name of parts.flatMap(fieldNamesBelow)) this.asked.push([object, name]);
  }

  enterCreator(creator) {
    const object = creator.createdName()?.getText();
    const given = creator.classCreatorRest()?.arguments()?.expressionList()?.expression_list() ?? [];
    for (const one of given) {
      const [, field] = /^(\w+)=(?!=)/.exec(one.getText()) ?? [];
      if (field) this.made.push([object, field]);
    }
  }
}

/** Values of a query are literals or bound variables, never bare names. */
function fieldNamesBelow(node) {
  if (!node) return [];
  if (node.constructor.name === 'FieldNameContext') return [node.getText()];
  return (node.children ?? []).flatMap(fieldNamesBelow);
}

const classes = files('classes/*.cls').map((file) => parsed(file, (parser) => parser.compilationUnit()));
const triggers = files('triggers/*.trigger').map((file) => parsed(file, (parser) => parser.triggerUnit()));

function parsed(file, unitOf) {
  const errors = new Errors();
  const { parser } = ApexParserFactory.createLexerAndParser(textOf(file), errors);
  const fields = new Fields();
  ApexParseTreeWalker.DEFAULT.walk(fields, unitOf(parser));
  return { name: basename(file).split('.')[0], text: textOf(file), errors: errors.found, ...fields };
}

const names = customNames();
const known = { labels: labels(), permissions: customPermissions() };
const complaints = [...classes, ...triggers].flatMap(({ name, text, errors, asked, made }) =>
  [
    ...errors,
    ...[...asked, ...made].map(([object, path]) => complaintAboutField(object, path)).filter(Boolean),
    ...missing(text, /\b(\w+__[ce])\b/g, names, 'the package has no'),
    ...missing(text, /System\.Label\.(\w+)/g, known.labels, 'there is no label'),
    ...missing(text, /'(OMS_(?:Cancel|Reroute|Hold|Change)_\w+)'/g, known.permissions, 'there is no custom permission'),
  ].map((complaint) => `${name}: ${complaint}`),
);

const tests = classes.filter(({ text }) => text.includes('@IsTest\nprivate'));
const untested = classes
  .filter(({ name, text }) => !text.includes('@IsTest') && !tests.some((test) => test.text.includes(name)))
  // These two are reached through the classes that agents call.
  .filter(({ name }) => !['Refusals', 'TandemClient'].includes(name));
const methods = tests.flatMap(({ text }) => text.match(/@IsTest\s+static/g) ?? []);

conclude(`${classes.length} Apex classes and ${triggers.length} triggers with ${methods.length} test methods parse`, [
  ...complaints,
  ...untested.map(({ name }) => `${name} is named by no test`),
  ...unseenByAgents().map((field) => `OrderStatusController asks for ${field}, which OMS Agent: View does not show`),
]);

function missing(text, pattern, there, sentence) {
  const named = new Set([...text.matchAll(pattern)].map(([, name]) => name));
  return [...named].filter((name) => !there.has(name)).map((name) => `${sentence} ${name}`);
}

/** A query with the agent's rights fails as a whole for one field that the agent may not see. */
function unseenByAgents() {
  const shown = new Set(tagged(textOf('permissionsets/OMS_Agent_View.permissionset-meta.xml'), 'field'));
  const packaged = packagedFields();
  const asked = classes.find(({ name }) => name === 'OrderStatusController')?.asked ?? [];
  return asked
    .filter(([object, field]) => packaged.get(object)?.get(field)?.isOpenToAll === false)
    .map((path) => path.join('.'))
    .filter((field) => !shown.has(field));
}
