import { list, text } from '../org/json.js';
import { Refusal } from '../org/refusal.js';
import { bodyObject, type ApiAnswer, type Handler } from './api-call.js';
import { readSubrequest, recordsIn, runSubrequests, scrambled, shownAnswer, type Subrequest } from './subrequests.js';
import { parseTarget } from './target.js';

interface Graph {
  graphId: string;
  nodes: readonly Subrequest[];
}

const mostNodes = 500;
const mostGraphs = 75;
const mostDepth = 15;
const mostTypes = 15;
/** After so many failed graphs the rest is not tried. */
const mostFailures = 14;

/** Graphs of up to 500 nodes in one call; each is written whole or not at all (§2.5). */
export const compositeGraph: Handler = (call, api) => {
  const graphs = readGraphs(list(bodyObject(call), 'graphs') ?? []);
  let failures = 0;
  let records = 0;
  const shown = graphs.map(({ graphId, nodes }) => {
    const halts = failures > mostFailures;
    const { answers, undone } = halts
      ? { answers: new Map<string, ApiAnswer>(), undone: true }
      : runSubrequests(scrambled(nodes, api.chance), true, call, api);
    if (undone) failures += 1;
    records += recordsIn(answers);
    const compositeResponse = nodes.map((node) => shownAnswer(node, answers.get(node.referenceId), undone));
    return { graphId, graphResponse: { compositeResponse }, isSuccessful: !undone };
  });
  return { status: 200, body: { graphs: shown }, records };
};

function readGraphs(given: readonly unknown[]): Graph[] {
  if (given.length === 0) throw new Refusal('MISSING_ARGUMENT', 'graphs is missing');
  refuseMore(given.length, mostGraphs, 'graphs');
  const graphs = given.map(readGraph);
  if (new Set(graphs.map(({ graphId }) => graphId)).size < graphs.length)
    throw new Refusal('INVALID_INPUT', 'graphId values must be unique');
  const nodes = graphs.flatMap((graph) => graph.nodes);
  refuseMore(nodes.length, mostNodes, 'nodes');
  refuseMore(new Set(nodes.map(typeOf)).size, mostTypes, 'different node types');
  for (const graph of graphs) refuseMore(depthOf(graph), mostDepth, 'levels');
  return graphs;
}

function readGraph(given: unknown): Graph {
  const graphId = text(given, 'graphId') ?? '';
  if (graphId === '' || graphId.length >= 40 || graphId.includes('.'))
    throw new Refusal('INVALID_INPUT', `A graphId has less than 40 characters and no dot: '${graphId}'.`);
  const requests = list(given, 'compositeRequest') ?? [];
  if (requests.length === 0) throw new Refusal('MISSING_ARGUMENT', `compositeRequest of graph ${graphId} is missing`);
  const nodes = requests.map(readSubrequest);
  if (new Set(nodes.map(({ referenceId }) => referenceId)).size < nodes.length)
    throw new Refusal('INVALID_INPUT', `referenceId values of graph ${graphId} must be unique`);
  return { graphId, nodes };
}

/** Only rows: `/sobjects/X`, `/sobjects/X/{id}` and `/sobjects/X/{field}/{value}`. */
function typeOf({ url }: Subrequest): string {
  const [resource, object, ...rest] = parseTarget(url)?.path ?? [];
  if (resource !== 'sobjects' || !object || rest.length > 2 || rest[0] === 'describe')
    throw new Refusal('INVALID_INPUT', `not a resource for a node of a graph: ${url}`);
  return object.toLowerCase();
}

/** Nodes on the longest way of references; a way that comes back to itself is too long. */
function depthOf({ graphId, nodes }: Graph): number {
  const byId = new Map(nodes.map((node) => [node.referenceId, node]));
  const below = (node: Subrequest, seen: ReadonlySet<string>): number => {
    if (seen.has(node.referenceId))
      throw new Refusal('INVALID_INPUT', `graph ${graphId} refers to itself at ${node.referenceId}`);
    const further = new Set([...seen, node.referenceId]);
    const needed = node.needs.flatMap((id) => byId.get(id) ?? []);
    return 1 + Math.max(0, ...needed.map((next) => below(next, further)));
  };
  return Math.max(...nodes.map((node) => below(node, new Set())));
}

function refuseMore(count: number, most: number, what: string) {
  if (count > most) throw new Refusal('LIMIT_EXCEEDED', `The request holds ${count} ${what}; ${most} are allowed.`);
}
