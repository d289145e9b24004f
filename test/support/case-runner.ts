/** One case in memory on the shipped diagrams, the real handlers and the real calendar; the test moves its clock. */
import { shippedProcesses } from '../../src/cases/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { packageFiles, packageText } from '../../src/kernel/package-content.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import {
  rehearsedCase,
  shippedStage,
  type RehearsedCase,
  type Stage,
} from '../../src/design/rehearsal/index.js';

export type CaseRunner = RehearsedCase;

let shipped: Promise<Stage> | undefined;

/** The five diagrams, then the decision tables. */
export const shippedSources = (): readonly string[] =>
  [
    ...shippedProcesses().map((name) => `${name}.bpmn`),
    ...packageFiles('processes', '.dmn', packageRoot),
  ].map((name) => packageText(`processes/${name}`, packageRoot));

/** Compiled once, whoever asks. */
export const theShippedStage = (): Promise<Stage> =>
  (shipped ??= shippedStage(shippedSources(), shippedLaw('2026-03-02')));

export const createCaseRunner = async (): Promise<CaseRunner> =>
  rehearsedCase(await theShippedStage(), { businessKey: '2026-0001' });
