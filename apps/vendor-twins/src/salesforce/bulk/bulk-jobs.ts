import type { Chaos } from '../control/chaos.js';
import { mintId } from '../org/ids.js';
import type { Org } from '../org/org.js';
import type { RecordWriter } from '../org/record-writer.js';
import { notFound, Refusal } from '../org/refusal.js';
import { isOver, type BulkJob, type IngestJob, type JobState } from './bulk-job.js';
import { readUpload, writeRow } from './ingest-rows.js';

const dayMs = 86_400_000;
/** Rows of one transaction; their order is the vendor's business (§2.7). */
const together = 200;

/** Jobs of Bulk API 2.0. Work is done behind the call that asked for it, as the clients must poll (§2.7). */
export class BulkJobs {
  private readonly jobs = new Map<string, BulkJob>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private serial = 0;

  constructor(
    private readonly org: Org,
    private readonly writer: RecordWriter,
    private readonly chaos: Chaos,
  ) {}

  /** What a new job starts with. */
  stamp() {
    const now = this.org.nowText();
    const id = mintId('750', ++this.serial);
    const createdAt = this.org.now().getTime();
    return { id, createdDate: now, systemModstamp: now, createdAt, processed: 0, failed: 0 };
  }

  add(job: BulkJob) {
    this.jobs.set(job.id, job);
  }

  all(kind: BulkJob['kind']): BulkJob[] {
    return [...this.jobs.values()].filter((job) => job.kind === kind);
  }

  /** A job stays open for a day, and its results are kept for seven (§2.7). Throws a Refusal for what is not there. */
  find(id: string): BulkJob {
    const job = this.jobs.get(id);
    const age = this.org.now().getTime() - (job?.createdAt ?? 0);
    if (!job || age > 7 * dayMs) throw notFound();
    if (job.state === 'Open' && age > dayMs) this.enter(job, 'Aborted');
    return job;
  }

  /** Throws a Refusal while the job is at work. */
  remove(job: BulkJob) {
    if (!isOver(job)) throw new Refusal('INVALIDJOBSTATE', `A job in state ${job.state} cannot be deleted.`);
    this.jobs.delete(job.id);
  }

  abort(job: BulkJob) {
    if (isOver(job)) throw new Refusal('INVALIDJOBSTATE', `A job in state ${job.state} cannot be aborted.`);
    this.enter(job, 'Aborted');
  }

  /** Takes the job up: InProgress after `bulkDelayMs`, then as long again until `work` is done. */
  start(job: BulkJob, work: () => void) {
    this.enter(job, 'UploadComplete');
    this.later(() => {
      if (job.state !== 'UploadComplete') return;
      this.enter(job, 'InProgress');
      this.later(() => {
        if (job.state === 'InProgress') this.finish(job, work);
      });
    });
  }

  ingest(job: IngestJob) {
    this.start(job, () => this.writeAll(job));
  }

  clear() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.jobs.clear();
  }

  private finish(job: BulkJob, work: () => void) {
    try {
      work();
      this.enter(job, 'JobComplete');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      job.errorMessage = `${error.code} : ${error.message}`;
      this.enter(job, 'Failed');
    }
  }

  /** Finished rows stay when the job fails behind them (§2.7). */
  private writeAll(job: IngestJob) {
    const { bulkFailAfter } = this.chaos.switches;
    Object.assign(job, readUpload(job));
    const rows = bulkFailAfter > 0 ? job.rows.slice(0, bulkFailAfter) : job.rows;
    for (let start = 0; start < rows.length; start += together)
      this.org.store.atomically(() => {
        for (const row of rows.slice(start, start + together)) job.results.push(writeRow(job, row, this.writer));
      });
    job.processed = job.results.length;
    job.failed = job.results.filter(({ error }) => error !== undefined).length;
    job.results = shuffled(job.results, this.chaos.chance);
    if (rows.length === job.rows.length) return;
    this.chaos.count('bulkFailAfter');
    throw new Refusal('InternalServerError', 'Unable to process the rest of the records.');
  }

  private enter(job: BulkJob, state: JobState) {
    job.state = state;
    job.systemModstamp = this.org.nowText();
  }

  private later(work: () => void) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, this.chaos.switches.bulkDelayMs);
    this.timers.add(timer);
  }
}

function shuffled<T>(items: readonly T[], chance: () => number): T[] {
  return items
    .map((item) => ({ item, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
