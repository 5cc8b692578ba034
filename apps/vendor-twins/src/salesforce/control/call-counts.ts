/** API calls by method, resource and status, with the records they carried. */
export class CallCounts {
  private readonly tallies = new Map<string, { calls: number; records: number }>();

  add(method: string, resource: string, status: number, records: number) {
    const key = [method, resource, String(status)].join(' ');
    const { calls, records: before } = this.tallies.get(key) ?? { calls: 0, records: 0 };
    this.tallies.set(key, { calls: calls + 1, records: before + records });
  }

  read() {
    return [...this.tallies].map(([key, tally]) => {
      const [method, resource, status] = key.split(' ');
      return { method, resource, status: Number(status), ...tally };
    });
  }

  clear() {
    this.tallies.clear();
  }
}
