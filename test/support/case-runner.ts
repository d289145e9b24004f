/** One case in memory on the shipped diagrams, the real handlers and the real calendar; the test moves its clock. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedProcesses } from '../../src/cases/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import {
  rehearsedCase,
  shippedStage,
  type RehearsedCase,
  type Stage,
} from '../../src/design/rehearsal/index.js';

export type CaseRunner = RehearsedCase;

let shipped: Promise<Stage> | undefined;

const folder = join(packageRoot, 'processes');

/** The five diagrams, then the decision tables. */
export const shippedSources = (): readonly string[] =>
  [
    ...shippedProcesses.map((name) => `${name}.bpmn`),
    ...readdirSync(folder).filter((name) => name.endsWith('.dmn')),
  ].map((name) => readFileSync(join(folder, name), 'utf8'));

/** Compiled once, whoever asks. */
export const theShippedStage = (): Promise<Stage> =>
  (shipped ??= shippedStage(shippedSources(), shippedLaw('2026-03-02')));

export const createCaseRunner = async (): Promise<CaseRunner> =>
  rehearsedCase(await theShippedStage(), { businessKey: '2026-0001' });
