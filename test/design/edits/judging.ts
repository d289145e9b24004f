/** What the product says of an edit: the static checks, then the trial with its comparison of behaviour. */
import { checkSource } from '../../../src/design/compliance/index.js';
import { comparison } from '../../../src/design/rehearsal/behaviour/lost-behaviour.js';
import { changedElements } from '../../../src/design/rehearsal/changed-elements.js';
import {
  comparedScenarios,
  readScenarios,
  runScenario,
  shippedStage,
  withDrafts,
  type RehearsedCase,
  type Scenario,
  type Stage,
} from '../../../src/design/rehearsal/index.js';
import { passes } from '../../../src/design/rehearsal/second-opinion.js';
import { Refusal } from '../../../src/kernel/index.js';
import { packageText } from '../../../src/kernel/package-content.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedSources, theShippedStage } from '../../support/case-runner.js';
import { checkContext } from '../../support/check-context.js';
import { redrawn, type Stroke } from './drawing.js';

/**
 * `refused`: an error of the checks. Else what makes the trial refuse it: `stopped` (a scenario cannot be walked), `lost`
 * (it no longer does what is done today); or `approvable`.
 */
export type Verdict = 'refused' | 'stopped' | 'lost' | 'approvable';

export interface Judged {
  readonly verdict: Verdict;
  /** The first sentence that says why; empty if it may be approved. */
  readonly why: string;
}

interface Drawn {
  readonly file: string;
  readonly strokes: readonly Stroke[];
}

/** Reading a diagram with its fragments takes longer than an edit. */
const shipped = new Map<string, string>();

export function edited({ file, strokes }: Drawn): string {
  const text = shipped.get(file) ?? packageText(`processes/${file}`);
  shipped.set(file, text);
  return redrawn(text, ...strokes);
}

export async function judged(edit: Drawn): Promise<Judged> {
  const xml = edited(edit);
  const { findings } = await checkSource(xml, checkContext);
  const error = findings.find(({ severity }) => severity === 'error');
  if (error) return { verdict: 'refused', why: `${error.rule}：${error.message}` };
  const draft = await drafted(xml);
  if (!draft) return { verdict: 'refused', why: '不能执行' };
  const stages = { inForce: await theShippedStage(), draft };
  const touches = passes(await changedElements(shippedSources(), xml, law));
  const touched = (await livedToday())
    .filter(({ rehearsed }) => rehearsed && touches(rehearsed))
    .map(({ scenario }) => scenario);
  const behaviour = comparison(stages, touches);
  const { failed } = await comparedScenarios(stages, touched, () => undefined, { onBoth: behaviour.compare });
  const stopped = failed.find(({ walked }) => !walked);
  if (stopped) return { verdict: 'stopped', why: `${stopped.title}：${stopped.failures[0] ?? ''}` };
  await behaviour.walk(walks, () => undefined);
  const [lost] = behaviour.found().lost;
  return lost ? { verdict: 'lost', why: lost.says } : { verdict: 'approvable', why: '' };
}

const walks = 40;
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
  readonly rehearsed: RehearsedCase | undefined;
}

let lived: Promise<readonly Lived[]> | undefined;

/** The scenarios as the shipped diagrams live them. */
function livedToday(): Promise<readonly Lived[]> {
  lived ??= (async () => {
    const stage = await theShippedStage();
    return (await readScenarios()).map((scenario) => {
      let rehearsed: RehearsedCase | undefined;
      runScenario(stage, scenario, { onLived: (one) => (rehearsed = one) });
      return { scenario, rehearsed };
    });
  })();
  return lived;
}
