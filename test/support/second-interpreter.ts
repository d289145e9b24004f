/** The program's interpreter beside the second one (`verifier/duties/`), said in the same words. */
import { dutiesOf, shippedLaw, type Catalogue, type DutyEntry } from '../../src/law/regulation/index.js';
import { readScenarios, shippedStage, type Stage } from '../../src/design/rehearsal/index.js';
import { dutiesOwed, type DutyLaw, type TrailEntry } from '../../verifier/duties/duties.mjs';
import { livedEntries } from './lived-scenario.js';
import { packageFiles, packageText } from '../../src/kernel/package-content.js';

/** One duty a line: norm, entry that opened it, round, unit, state, violated at, due, cured by, waived by. */
type Lines = readonly string[];

export type Program = (catalogue: Catalogue, trail: readonly DutyEntry[]) => Lines;

export const byProgram: Program = (catalogue, trail) =>
  dutiesOf(catalogue, trail).map(({ norm, opened, round, unit, state, violatedAt, due, by, waivedBy }) =>
    [norm, opened.seq, round, unit, state, iso(violatedAt), iso(due), by, waivedBy].join(' | '),
  );

const byPages = (law: DutyLaw, entries: readonly TrailEntry[]): Lines =>
  dutiesOwed(law, entries).map(({ norm, opened, round, holder, state, violatedAt, due, by, waivedBy }) =>
    [norm, opened, round, holder, state, violatedAt, due, by, waivedBy].join(' | '),
  );

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Entries as the trail stores them. */
export const stored = (trail: readonly DutyEntry[]): TrailEntry[] =>
  trail.map(({ seq, type, at, body }) => {
    const said = JSON.parse(JSON.stringify(body)) as object;
    return { ...said, seq, type, at: at.toISOString() };
  });

interface Compared {
  readonly law: DutyLaw;
  readonly catalogue: Catalogue;
  readonly trail: readonly DutyEntry[];
  /** A program with a fault, where a test plants one. */
  readonly program?: Program;
}

/** What only one of the two says; empty where they agree. */
export function disagreement({ law, catalogue, trail, program = byProgram }: Compared): string {
  const sides = [program(catalogue, trail), byPages(law, stored(trail))].map((lines) => lines.toSorted());
  const [ours = [], theirs = []] = sides;
  if (ours.join('\n') === theirs.join('\n')) return '';
  const only = (some: Lines, others: Lines): Lines => some.filter((line) => !others.includes(line));
  return [
    ...only(ours, theirs).map((line) => `程序：${line}`),
    ...only(theirs, ours).map((line) => `照页：${line}`),
  ].join('\n');
}

/** The first disagreement after any entry of the trail. */
export function firstDisagreement(compared: Compared): string {
  for (let length = 1; length <= compared.trail.length; length += 1) {
    const said = disagreement({ ...compared, trail: compared.trail.slice(0, length) });
    if (said !== '') return `第 ${length} 条之后\n${said}`;
  }
  return '';
}

/** The diagrams and tables of the package in use. */
export function stageOfPackage(folder: string, day: string): Promise<Stage> {
  const sources = ['.bpmn', '.dmn'].flatMap((extension) =>
    packageFiles('processes', extension, folder).map((file) => packageText(`processes/${file}`, folder)),
  );
  return shippedStage(sources, shippedLaw(day));
}

export interface NamedTrail {
  readonly name: string;
  readonly trail: readonly DutyEntry[];
}

/** Every scenario of the package in use. */
export async function scenarioTrails(folder: string, day: string): Promise<readonly NamedTrail[]> {
  const stage = await stageOfPackage(folder, day);
  const scenarios = await readScenarios();
  return scenarios.map((scenario) => ({ name: scenario.name, trail: livedEntries(stage, scenario) }));
}
