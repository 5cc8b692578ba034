import { rounded, type Around, type BenchOptions } from './bench.js';
import { ownProfile, type CpuProfile, type ProfileNode } from './inspector.js';

/** A function where it was called from, with the time spent in it and below it, in microseconds. */
interface Frame {
  readonly name: string;
  readonly place: string;
  time: number;
  readonly below: Map<string, Frame>;
}

const [width, row, leastShare] = [1_200, 17, 0.002];

/** What a process did, as a picture: the wider, the longer; what stands on something was called by it. Waiting is left out. */
export function flameGraph(title: string, profile: CpuProfile): string {
  const { busy, idleShare } = busyFrames(profile);
  const rows: string[] = [];
  const deepest = draw(busy, { depth: 0, from: 0, whole: busy.time }, rows);
  const height = 40 + (deepest + 1) * row;
  const caption = `${title}: ${rounded(busy.time / 1e6, 1)} s of work; ${rounded(100 * idleShare)} % of the time it waited`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<text x="4" y="18" font-size="14" fill="#777">${escaped(caption)}</text>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

/** One more round of ours where a profile is wanted: what this process did in the part that is timed. */
export async function ownFlames(
  title: string,
  { profiled }: BenchOptions,
  round: (around: Around) => Promise<number>,
): Promise<Readonly<Record<string, string>>> {
  if (!profiled) return {};
  const pictures: Record<string, string> = {};
  await round(async (work) => {
    let rate = 0;
    pictures['flames'] = flameGraph(
      title,
      await ownProfile(async () => {
        rate = await work();
      }),
    );
    return rate;
  });
  return pictures;
}

function busyFrames({ nodes, samples, timeDeltas }: CpuProfile): { busy: Frame; idleShare: number } {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callerOf = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const busy = frameNamed('all', '');
  let [idle, total] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    const time = timeDeltas[index] ?? 0;
    const stack = stackOf(sample, byId, callerOf);
    total += time;
    if (stack.at(-1)?.callFrame.functionName === '(idle)') idle += time;
    else spend(busy, stack, time);
  }
  return { busy, idleShare: total === 0 ? 0 : idle / total };
}

function stackOf(
  leaf: number,
  byId: ReadonlyMap<number, ProfileNode>,
  callerOf: ReadonlyMap<number, number>,
): readonly ProfileNode[] {
  const stack: ProfileNode[] = [];
  for (let id: number | undefined = leaf; id !== undefined; id = callerOf.get(id)) {
    const node = byId.get(id);
    if (node !== undefined && node.callFrame.functionName !== '(root)') stack.unshift(node);
  }
  return stack;
}

function spend(root: Frame, stack: readonly ProfileNode[], time: number): void {
  root.time += time;
  let frame = root;
  for (const { callFrame } of stack) {
    const name = callFrame.functionName === '' ? '(anonymous)' : callFrame.functionName;
    const place = placeOf(callFrame.url);
    const key = `${name} ${place}`;
    const below = frame.below.get(key) ?? frameNamed(name, place);
    frame.below.set(key, below);
    below.time += time;
    frame = below;
  }
}

const frameNamed = (name: string, place: string): Frame => ({ name, place, time: 0, below: new Map() });

/** The package, or our file below the root of the repository: never where somebody keeps it. */
const placeOf = (url: string): string =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? /(?:apps|libs)\/.*/.exec(url)?.[0].replace('dist/', '') ?? '';

interface Position {
  readonly depth: number;
  /** In microseconds from the left edge, of as many as the whole picture shows. */
  readonly from: number;
  readonly whole: number;
}

/** Yields how deep it went. */
function draw({ name, place, time, below }: Frame, { depth, from, whole }: Position, rows: string[]): number {
  const [x, wide] = [rounded((from / whole) * width, 1), rounded((time / whole) * width, 1)];
  const label = wide > 40 ? escaped(name.slice(0, Math.floor(wide / 6.5))) : '';
  const said = escaped(`${name} ${place} ${rounded((100 * time) / whole, 1)} %`);
  rows.push(
    `<g><title>${said}</title><rect x="${x}" y="${28 + depth * row}" width="${wide}" height="${row - 1}" fill="${colourOf(name, place)}"/>` +
      `<text x="${x + 2}" y="${40 + depth * row}">${label}</text></g>`,
  );
  let [at, deepest] = [from, depth];
  for (const frame of [...below.values()].sort((left, right) => right.time - left.time)) {
    if (frame.time / whole < leastShare) continue;
    deepest = Math.max(deepest, draw(frame, { depth: depth + 1, from: at, whole }, rows));
    at += frame.time;
  }
  return deepest;
}

/** Ours blue, packages orange, the runtime grey, collecting garbage red. */
function colourOf(name: string, place: string): string {
  if (name === '(garbage collector)') return '#e57373';
  if (/^(apps|libs)\//.test(place)) return '#8ab8f0';
  return place === '' ? '#c3c9d1' : '#f2b872';
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
