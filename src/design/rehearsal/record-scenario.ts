/**
 * Turns a rehearsal into a scenario: its acts in the words of the regulation, and its results as
 * expectations. No step names an element of the drawing.
 */
import { deedsIn, messagesThrown } from '../../accountability/events/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { JsonObject, Refusal } from '../../kernel/index.js';
import { dutiesOf, type Catalogue } from '../../law/regulation/index.js';
import { beginCase } from './begin.js';
import type { Begin, DryAct } from './dry-run.js';
import { take } from './lived.js';
import { ordinaryTaskOf } from './ordinary-task.js';
import { refusalOf } from './refusal-of.js';
import { freeTextAnswers, rehearsedCase, type RehearsedCase } from './rehearsed-case.js';
import { runScenario } from './run-scenario.js';
import type { Drawn, Expected, Step } from './scenario.js';
import { changesIn, stageWith, type Stage } from './stage.js';
import { levelsOf } from './unmet-expectations.js';

interface Recording {
  readonly content: Drawn;
  /** Expectations that fail on these diagrams; empty if the scenario passes. */
  readonly unmet: readonly string[];
}

/**
 * @param expected the expectations; default: the actual results
 * @throws {Refusal} of an impossible act; the last act may be refused because of a fault in the
 * diagram
 */
export function recordScenario(
  stage: Stage,
  catalogue: Catalogue,
  { begin, acts, expected }: { begin: Begin; acts: readonly DryAct[]; expected?: Expected | undefined },
): Recording {
  const { at, facts, policies, earlierSheets, accusedPersons, units, people } = begin;
  const tried = stageWith(stage, begin, changesIn(acts));
  const rehearsed = rehearsedCase(tried, { earlierSheets, accusedPersons });
  let now = new Date(at);
  beginCase(rehearsed, tried, begin, facts ?? {}, now);
  const process = 'process' in begin ? begin.process : processIn(rehearsed);
  const steps: Step[] = [];
  for (const [index, act] of acts.entries()) {
    if ('expect' in act) {
      steps.push({ then: '应当如此', expect: act.expect });
      continue;
    }
    const instant = 'clock' in act ? act.clock : act.at;
    if (instant !== undefined) now = new Date(instant);
    const { step, refusal } = stepOf(tried, catalogue, rehearsed, act, now);
    steps.push(step);
    if (refusal && (!ofTheDiagram.has(refusal.code) || index < acts.length - 1)) throw refusal;
  }
  const came = expected ?? standing(catalogue, rehearsed);
  if (Object.keys(came).length > 0) steps.push({ then: '到这里应当如此', expect: came });
  const content: Drawn = {
    provisions: [],
    given: {
      process,
      at,
      ...('message' in begin ? { message: begin.message } : {}),
      ...(facts ? { facts } : {}),
      ...(policies ? { policies } : {}),
      ...(earlierSheets ? { earlierSheets: [...earlierSheets] } : {}),
      ...(accusedPersons ? { accusedPersons: [...accusedPersons] } : {}),
      ...(units ? { units } : {}),
      ...(people ? { people } : {}),
    },
    steps,
  };
  const { failures } = runScenario(stage, { ...content, name: '', title: '', before: [] });
  return { content, unmet: failures };
}

/** Refusals that mean the act was possible but the drawing behind it is faulty. */
const ofTheDiagram: ReadonlySet<string> = new Set(['flow.no-way-out', 'flow.endless']);

const processIn = ({ entries }: RehearsedCase): string => {
  const [first] = entries;
  return first?.type === 'instance.started' ? first.body.process : '';
};

type Act = Exclude<DryAct, { expect: Expected }>;

function stepOf(
  stage: Stage,
  catalogue: Catalogue,
  rehearsed: RehearsedCase,
  act: Act,
  now: Date,
): { readonly step: Step; readonly refusal?: Refusal | undefined } {
  if ('complete' in act) return completed(rehearsed, act, act.with ?? {}, now);
  const refusal = refusalOf(() => take(stage, catalogue, rehearsed, act, now));
  const at = toShanghaiIso(now);
  const wanted = 'refused' in act && act.refused !== undefined;
  if ('clock' in act)
    return { step: { when: `到 ${at.slice(0, 16).replace('T', ' ')}`, clock: at }, refusal };
  const step = { when: announced(act), ...act, at, ...('policies' in act ? {} : { with: act.with ?? {} }) };
  return { step, refusal: wanted ? undefined : refusal };
}

function announced(act: Exclude<Act, { complete: string } | { clock: string }>): string {
  if ('policies' in act) return `政策改为 ${Object.entries(act.policies).join('、')}`;
  if ('send' in act) return `收到“${act.send}”`;
  return 'do' in act ? `做“${act.do}”` : `办结“${act.task.name}”`;
}

/** The trail tells which deed it was; for a refused act the task tells which deeds it may be. */
function completed(
  rehearsed: RehearsedCase,
  act: Extract<Act, { complete: string }>,
  answers: JsonObject,
  now: Date,
): { readonly step: Step; readonly refusal?: Refusal | undefined } {
  rehearsed.moveTo(new Date(now.getTime() - 1));
  const task = rehearsed.openTask(act.complete);
  const element = rehearsed.elementOf(task);
  const before = rehearsed.entries.length;
  const free = freeTextAnswers(rehearsed, act.complete);
  const refusal = refusalOf(() => rehearsed.complete(act.complete, { ...free, ...answers }, now));
  const done = rehearsed.entries
    .slice(before)
    .flatMap((entry) => (entry.type === 'task.completed' ? deedsIn(entry) : []));
  const [deed] = done.length > 0 ? done : element.deeds.filter(({ on }) => on === 'done');
  const at = toShanghaiIso(now);
  const expects = act.refused === undefined ? {} : { refused: act.refused };
  const when = `办结“${element.name}”`;
  const kept = act.refused === undefined ? refusal : undefined;
  if (!deed) {
    const step = { when, task: ordinaryTaskOf(element), at, with: answers, ...expects } as Step;
    return { step, refusal: kept };
  }
  // Facts from the drawing or the repetition distinguish tasks for the same deed.
  const facts = 'on' in deed ? {} : (deed.facts ?? {});
  const step = { when, do: deed.name, at, with: { ...facts, ...answers }, ...expects } as Step;
  return { step, refusal: kept };
}

/** Present levels, messages and duties as expectations. */
function standing(catalogue: Catalogue, rehearsed: RehearsedCase): Expected {
  const { entries, file } = rehearsed;
  const trail = entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
  return {
    escalations: levelsOf(entries),
    messages: entries.flatMap(messagesThrown),
    duties: dutiesOf(catalogue, trail).map(({ norm, state }) => ({ norm, state })),
    ended: file.instances.size === 0,
  };
}
