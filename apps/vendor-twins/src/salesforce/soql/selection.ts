import { type FieldType, type Query, type Subquery } from '@jetstreamapp/soql-parser-js';
import { Refusal } from '../org/refusal.js';
import type { Field, Row, SObject } from '../org/schema.js';
import { readPath } from './field-path.js';
import { notBuilt, type QueryScope } from './query-scope.js';

type Show = (row: Row) => Record<string, unknown>;

/** Own fields and parents of one level, merged from every path that was selected. */
interface Shape {
  object: SObject;
  fields: Set<string>;
  parents: Map<Field, Shape>;
}

/** How a row of the query is shown: attributes, fields, nested parents, child lists. */
export function readSelection(query: Query | Subquery, object: SObject, scope: QueryScope): Show {
  const shape = emptyShape(object);
  const children: [string, (row: Row) => unknown][] = [];
  for (const selected of query.fields ?? []) {
    if (selected.type === 'FieldSubquery') children.push(readChildren(selected.subquery, object, scope));
    else for (const path of pathsOf(selected, object, query.limit)) addPath(shape, path, scope, query.sObjectAlias);
  }
  return (row) => ({
    ...show(shape, row, scope),
    ...Object.fromEntries(children.map(([name, list]) => [name, list(row)])),
  });
}

function emptyShape(object: SObject): Shape {
  return { object, fields: new Set(), parents: new Map() };
}

function pathsOf(selected: FieldType, object: SObject, limit: number | undefined): string[] {
  if (selected.type === 'Field') return [selected.field];
  if (selected.type === 'FieldRelationship') return [[...selected.relationships, selected.field].join('.')];
  if (selected.type === 'FieldFunctionExpression' && selected.functionName.toUpperCase() === 'FIELDS')
    return allFields(String(selected.parameters[0]).toUpperCase(), object, limit);
  throw notBuilt(selected.type === 'FieldFunctionExpression' ? selected.functionName : 'TYPEOF');
}

function allFields(which: string, object: SObject, limit: number | undefined): string[] {
  if (which !== 'STANDARD' && (limit === undefined || limit > 200))
    throw new Refusal('MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
  return [...object.fields.values()]
    .filter((field) => which === 'ALL' || field.custom === (which === 'CUSTOM'))
    .map((field) => field.name);
}

function addPath(shape: Shape, path: string, scope: QueryScope, alias: string | undefined) {
  const { steps, field } = readPath(scope.org, shape.object, path, alias);
  let at = shape;
  for (const step of steps) {
    const parent = scope.org.schema.object(step.relationship?.to ?? '');
    if (!parent) continue;
    const next = at.parents.get(step) ?? emptyShape(parent);
    at.parents.set(step, next);
    at = next;
  }
  at.fields.add(field.name);
}

function show(shape: Shape, row: Row, scope: QueryScope): Record<string, unknown> {
  const { object } = shape;
  const shown: Record<string, unknown> = {
    attributes: { type: object.name, url: `/services/data/${scope.version}/sobjects/${object.name}/${row['Id']}` },
  };
  for (const name of shape.fields) shown[name] = row[name] ?? null;
  for (const [step, parentShape] of shape.parents) {
    const parent = scope.org.find(parentShape.object.name, row[step.name]);
    shown[step.relationship?.name ?? step.name] = parent ? show(parentShape, parent, scope) : null;
  }
  return shown;
}

/** A child list is `null` when it is empty, a query result of its own otherwise. */
function readChildren(subquery: Subquery, parent: SObject, scope: QueryScope): [string, (row: Row) => unknown] {
  const found = scope.org.schema.children(parent, subquery.relationshipName);
  if (!found)
    throw new Refusal(
      'INVALID_TYPE',
      `Didn't understand relationship '${subquery.relationshipName}' in FROM part of query call.`,
    );
  const { object, field } = found;
  const showChild = readSelection(subquery, object, scope);
  const name = field.relationship?.children ?? subquery.relationshipName;
  const children = (row: Row) => {
    const rows = scope.select(subquery, object, scope, scope.org.childrenOf(object.name, field.name, row['Id']));
    return rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(showChild) };
  };
  return [name, children];
}
