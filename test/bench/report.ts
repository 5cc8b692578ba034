import { readFile, mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { format } from 'prettier';
import { median, repeatsOf, rounded, type Bench, type Measured } from './bench.js';
import { plot } from './plot.js';

interface Run {
  readonly name: string;
  readonly bench: Bench;
  readonly measured: Measured;
  readonly quick: boolean;
}

const file = 'docs/benchmarks.md';
const opening = `# Benchmarks

Written by \`npm run bench -- NAME --write\`. Ours, the raw limit and the peers take turns in one run, so that only the ratios count: the figures
themselves differ from machine to machine. Medians, with the least and the most.
`;

/** Enters a run in docs/benchmarks.md, in the place of the run before it. */
export async function writeReport(run: Run): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => opening);
  const sections = text.split(/^(?=## )/m);
  const heading = `## ${run.name}\n`;
  const kept = sections.filter((section) => !section.startsWith(heading));
  const [head = opening, ...rest] = kept;
  const all = [...rest, sectionOf(run)].sort();
  await mkdir('docs/benchmarks', { recursive: true });
  await writeFile(`docs/benchmarks/${run.name}.svg`, plot(run.name, run.measured.series));
  for (const [picture, svg] of Object.entries(run.measured.pictures ?? {}))
    await writeFile(`docs/benchmarks/${run.name}-${picture}.svg`, svg);
  const options = JSON.parse(await readFile('.prettierrc.json', 'utf8').catch(() => '{}')) as object;
  await writeFile(file, await format([head, ...all].join('\n'), { ...options, parser: 'markdown' }));
}

function sectionOf({ name, bench, measured, quick }: Run): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const rows = measured.series.map(({ name: contender, unit, samples }) => {
    const [least, middle, most] = [Math.min(...samples), median(samples), Math.max(...samples)];
    return `| ${contender} | ${rounded(middle, 1)} | ${rounded(least, 1)} | ${rounded(most, 1)} | ${unit} |`;
  });
  return [
    `## ${name}`,
    '',
    bench.method,
    '',
    `${machine}; ${repeatsOf(measured)} repeats${quick ? ', quick: an impression, not for the record' : ''}; ${new Date().toISOString().slice(0, 10)}.`,
    '',
    '| contender | median | least | most | unit |',
    '| --- | --: | --: | --: | --- |',
    ...rows,
    '',
    `![${name}](benchmarks/${name}.svg)`,
    '',
    ...Object.keys(measured.pictures ?? {}).flatMap((picture) => [
      `![${name}, ${picture}](benchmarks/${name}-${picture}.svg)`,
      '',
    ]),
    '```json',
    JSON.stringify(measured.json),
    '```',
    '',
  ].join('\n');
}
