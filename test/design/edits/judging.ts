/** What the product says of an edit today: the static checks, then the scenarios. */
import { isDeepStrictEqual } from 'node:util';
import { checkSource } from '../../../src/design/compliance/index.js';
import {
  changedElements,
  passes,
  readScenarios,
  runScenario,
  shippedStage,
  withDrafts,
  type RehearsedCase,
  type Scenario,
  type Stage,
} from '../../../src/design/rehearsal/index.js';
import { Refusal } from '../../../src/kernel/index.js';
import { packageText } from '../../../src/kernel/package-content.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedSources, theShippedStage } from '../../support/case-runner.js';
import { checkContext } from '../../support/check-context.js';
import { redrawn, type Stroke } from './drawing.js';

/**
 * `refused`: an error of the checks. Else what the checks say (`warned`, `silent`), and what the
 * scenarios say: `stopped` (one of them cannot be walked), `differs`, `same`.
 */
export type Verdict = 'refused' | `${'warned' | 'silent'}, ${'stopped' | 'differs' | 'same'}`;

interface Drawn {
  readonly file: string;
  readonly strokes: readonly Stroke[];
}

export const edited = ({ file, strokes }: Drawn): string =>
  redrawn(packageText(`processes/${file}`), ...strokes);

/** Sentences of the checks' errors. */
export async function errorsOf(xml: string): Promise<readonly string[]> {
  const { findings } = await checkSource(xml, checkContext);
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

export async function verdictOn(edit: Drawn): Promise<Verdict> {
  const xml = edited(edit);
  const { findings } = await checkSource(xml, checkContext);
  if (findings.some(({ severity }) => severity === 'error')) return 'refused';
  return `${findings.length > 0 ? 'warned' : 'silent'}, ${await trialOf(xml)}`;
}

async function trialOf(xml: string): Promise<'stopped' | 'differs' | 'same'> {
  const stage = await drafted(xml);
  if (!stage) return 'stopped';
  const touches = passes(await changedElements(shippedSources(), xml, law));
  const touched = (await shippedOutcomes()).filter(({ rehearsed }) => rehearsed && touches(rehearsed));
  let differs = false;
  for (const { scenario, outcome } of touched.slice(0, mostScenarios)) {
    const { walked, failures, outcome: is } = runScenario(stage, scenario);
    if (!walked) return 'stopped';
    differs ||= failures.length > 0 || !isDeepStrictEqual(is, outcome);
  }
  return differs ? 'differs' : 'same';
}

/** The first of those that pass a changed element; all 225 would take eleven seconds for each edit. */
const mostScenarios = 12;
const law = shippedLaw('2026-03-02');

/** Undefined if a draft like that could not run at all. */
async function drafted(xml: string): Promise<Stage | undefined> {
  try {
    return await shippedStage(await withDrafts(shippedSources(), [xml]), law);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

interface Lived {
  readonly scenario: Scenario;
  readonly outcome: readonly string[];
  readonly rehearsed: RehearsedCase | undefined;
}

let lived: Promise<readonly Lived[]> | undefined;

const shippedOutcomes = (): Promise<readonly Lived[]> => (lived ??= livedToday());

async function livedToday(): Promise<readonly Lived[]> {
  const stage = await theShippedStage();
  const scenarios = await readScenarios();
  return scenarios.map((scenario) => {
    let rehearsed: RehearsedCase | undefined;
    const { outcome } = runScenario(stage, scenario, { onLived: (lived) => (rehearsed = lived) });
    return { scenario, outcome, rehearsed };
  });
}
