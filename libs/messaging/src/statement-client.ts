import { Socket } from 'node:net';
import { Client, type ClientConfig, type QueryResult } from 'pg';

type Ask = (...said: readonly unknown[]) => Promise<QueryResult>;

/** What is answered to whoever begins or ends a transaction that nothing was said in. */
const nothing: QueryResult = { command: '', rowCount: null, oid: 0, fields: [], rows: [] };

/** A plan that is made while a table is empty would read it from end to end, also when it has grown, until the table is analysed. */
const byIndex = '-c enable_seqscan=off';

/** So many texts have a name, and no more: who makes up new ones for ever would fill the memory of the database's sessions. */
const mostNamed = 300;
const names = new Map<string, string>();

/**
 * A connection that says less (docs/adr/0017). A statement with parameters is parsed and planned once, and then called by its name. A
 * transaction begins along with its first statement: to ask for it alone would cost a round trip, and to ask for its isolation another one.
 */
export class StatementClient extends Client {
  private readonly socket: Socket;
  private readonly plain: Ask;
  private opening: string | undefined;

  constructor(config: ClientConfig = {}) {
    const socket = new Socket();
    // `pipeline`, of which @types/pg does not know yet: a statement goes out without waiting for the answer to the one before it.
    const manners = { ...config, options: byIndex, stream: () => socket, pipeline: true };
    super(manners);
    this.socket = socket;
    this.plain = super.query.bind(this) as Ask;
    const query: Ask = (...said) => this.ask(said);
    Object.assign(this, { query });
  }

  private ask(said: readonly unknown[]): Promise<QueryResult> {
    const [text] = said;
    const held = this.opening;
    this.opening = openingWith(text, held);
    if (this.opening !== undefined || (held !== undefined && isEnd(text))) return Promise.resolve(nothing);
    return held === undefined ? this.plain(...named(said)) : this.askAlong(held, named(said));
  }

  /** Should it not begin, the statement behind it fails as well, and is heard. */
  private askAlong(opening: string, said: readonly unknown[]): Promise<QueryResult> {
    this.socket.cork();
    this.plain(opening).catch(() => undefined);
    const answer = this.plain(...said);
    this.socket.uncork();
    return answer;
  }
}

const start = 'START TRANSACTION';
const isolation = 'SET TRANSACTION ISOLATION LEVEL';

function openingWith(text: unknown, held: string | undefined): string | undefined {
  if (text === start) return start;
  if (held === start && typeof text === 'string' && text.startsWith(isolation))
    return `${start} ${text.slice('SET TRANSACTION '.length)}`;
  return undefined;
}

const isEnd = (text: unknown) => text === 'COMMIT' || text === 'ROLLBACK';

function named(said: readonly unknown[]): readonly unknown[] {
  const [text, values, ...rest] = said;
  if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return said;
  if (!names.has(text) && names.size < mostNamed) names.set(text, `statement-${names.size + 1}`);
  const name = names.get(text);
  return name === undefined ? said : [{ name, text, values }, ...rest];
}
