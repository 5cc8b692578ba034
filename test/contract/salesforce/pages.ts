type Json = Readonly<Record<string, unknown>>;

/** Cuts answers of queries into small pages, as an org may (§2.6), and keeps the rest until it is asked for. */
export class Pages {
  private readonly kept = new Map<string, Json>();
  private size = Number.POSITIVE_INFINITY;
  private cuts = 0;

  of(records: number): void {
    this.size = records;
  }

  /** The page that was promised under this address. */
  at(url: string): unknown {
    return this.kept.get(url);
  }

  /** The answer with every list of records in it cut. */
  cut(answer: unknown): unknown {
    if (Array.isArray(answer)) return answer.map((entry) => this.cut(entry));
    if (typeof answer !== 'object' || answer === null) return answer;
    const inner = Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, this.cut(value)]));
    return this.first(inner);
  }

  private first(answer: Json): Json {
    const { records, done } = answer;
    if (!Array.isArray(records) || done !== true || records.length <= this.size) return answer;
    this.cuts += 1;
    const nextRecordsUrl = `/services/data/v67.0/query/01gKIT${this.cuts}-${this.size}`;
    this.kept.set(nextRecordsUrl, this.first({ ...answer, records: records.slice(this.size) }));
    return { ...answer, done: false, nextRecordsUrl, records: records.slice(0, this.size) };
  }
}
