/** The cases that timers are to open now: computed from the diagrams in force and what has been opened, kept nowhere. */
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { StartCase } from '../execution/command.js';
import { nextStart, startTimer } from '../execution/timer-starts.js';
import type { DueDates, Policies } from '../ports.js';
import { lastTimerStart } from './case-store.js';
import type { DefinitionStore, TimedDefinition } from './definition-store.js';

interface DueStartsDeps {
  readonly definitions: DefinitionStore;
  readonly dueDates: DueDates;
  readonly policies: Policies;
  readonly clock: Clock;
}

/** The earliest first. Instants missed while no program ran are made up for, each with its own case. */
export async function dueStarts(
  transaction: Transaction,
  deps: DueStartsDeps,
  limit: number,
): Promise<readonly StartCase[]> {
  const found: StartCase[] = [];
  for (const timed of deps.definitions.timed()) {
    for (const { event, prepare } of timed.deployed.annotations.timerStarts) {
      if (prepare === null) found.push(...(await startsOf(transaction, timed, event, deps, limit)));
    }
  }
  return found.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(0, limit);
}

async function startsOf(
  transaction: Transaction,
  { deployed, from, to }: TimedDefinition,
  event: string,
  deps: DueStartsDeps,
  limit: number,
): Promise<readonly StartCase[]> {
  const now = deps.clock.now();
  if (from > now) return [];
  const spec = startTimer(deployed.definition, event);
  const found: StartCase[] = [];
  let { last, fired } = await lastTimerStart(transaction, deployed.key, event, from);
  while (found.length < limit) {
    const next = nextStart(spec, { from, last, fired }, deps);
    // At the instant of a change of version the new one starts.
    if (!next || next.at > now || (to && next.at >= to)) break;
    const { at, derivation } = next;
    const businessKey = keyOf(deployed.key, event, at);
    const timer = { event, derivation };
    found.push({ kind: 'start', businessKey, process: deployed.key, realm: 'live', at, timer });
    [last, fired] = [at, fired + 1];
  }
  return found;
}

/** `定时-PROCESS-EVENT-20261201T000000Z`: the instant in UTC, to the second. */
const keyOf = (process: string, event: string, at: Date): string =>
  `定时-${process}-${event}-${at.toISOString().replace(/[-:]|\.\d+/g, '')}`;
