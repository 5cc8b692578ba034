import type { BenchPlace } from './place.js';

export interface BenchOptions {
  readonly repeats: number;
  /** A tenth of the messages: for a first impression, not for the record. */
  readonly quick: boolean;
  /** What the time goes into is wanted as well. */
  readonly profiled: boolean;
  readonly say: (sentence: string) => void;
}

/** What one contender yielded in each repeat. */
export interface Series {
  readonly name: string;
  readonly unit: string;
  readonly samples: readonly number[];
}

export interface Measured {
  /** The last line on standard output. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly series: readonly Series[];
  /** More of it, as SVG, by a short name. */
  readonly pictures?: Readonly<Record<string, string>>;
}

export interface Bench {
  readonly says: string;
  /** How it was measured, for the record. */
  readonly method: string;
  measure(place: BenchPlace, options: BenchOptions): Promise<Measured>;
}

/** As many as were made: a soak of twenty minutes is not repeated, whatever was asked for. */
export const repeatsOf = ({ series }: Measured): number => Math.max(...series.map(({ samples }) => samples.length));

/** Wraps what is timed, and nothing of what prepares it. */
export type Around = (work: () => Promise<number>) => Promise<number>;

export const nothingAround: Around = (work) => work();

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** @param share from 0 to 1. 0 where there are no samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits));

/** The median of each repeat's own ratio: what disturbed one repeat disturbed both. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): number =>
  rounded(median(ours.map((value, repeat) => value / (theirs[repeat] ?? Number.NaN))), 2);

/** Runs each contender once a round, one after the other, so that whatever changes on the machine meets all of them. */
export async function interleaved<Name extends string>(
  { repeats, say }: BenchOptions,
  contenders: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    for (const name of names) {
      const sample = await contenders[name]();
      samples[name].push(sample);
      say(`${repeat}/${repeats} ${name}: ${rounded(sample, 1)}`);
    }
  }
  return samples;
}

export const seriesOf = (samples: Readonly<Record<string, readonly number[]>>, unit: string): Series[] =>
  Object.entries(samples).map(([name, own]) => ({ name, unit, samples: own }));
