/** One case in memory on the shipped diagrams, the real handlers and the real calendar; the test moves its clock. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedProcesses } from '../../src/casework/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { rehearsedCase, shippedStage, type RehearsedCase, type Stage } from '../../src/rehearsal/index.js';

export type CaseRunner = RehearsedCase;

let shipped: Promise<Stage> | undefined;

export const shippedSources = (): readonly string[] =>
  shippedProcesses.map((name) => readFileSync(join(packageRoot, 'processes', `${name}.bpmn`), 'utf8'));

/** Compiled once, whoever asks. */
export const theShippedStage = (): Promise<Stage> => (shipped ??= shippedStage(shippedSources()));

export const createCaseRunner = async (): Promise<CaseRunner> =>
  rehearsedCase(await theShippedStage(), { businessKey: '2026-0001' });
