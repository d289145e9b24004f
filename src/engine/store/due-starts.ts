/**
 * The cases that timers must open now. They are computed from the diagrams in force and the cases
 * opened so far, and stored nowhere.
 */
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { StartCase } from '../execution/command.js';
import { nextStart, startTimer } from '../execution/timer-starts.js';
import type { DefinitionStore, TimedDefinition } from './definition-store.js';
import type { DueDates, Policies } from '../../kernel/timer-spec.js';

interface DueStartsDeps {
  readonly definitions: DefinitionStore;
  readonly dueDates: DueDates;
  readonly policies: Policies;
  readonly clock: Clock;
}

interface DueStarts {
  /** The earliest first. Instants missed while no program ran are caught up, each with its own case. */
  readonly due: readonly StartCase[];
  /** Set for a timer whose instants cannot be computed; the others are served all the same. */
  readonly failure?: Refusal;
}

export async function dueStarts(
  transaction: Transaction,
  deps: DueStartsDeps,
  limit: number,
): Promise<DueStarts> {
  const found: StartCase[] = [];
  let failure: Refusal | undefined;
  for (const timed of deps.definitions.timed()) {
    for (const { event, prepare } of timed.deployed.annotations.timerStarts) {
      if (prepare !== null) continue;
      try {
        found.push(...(await startsOf(transaction, timed, event, deps, limit)));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        failure = error;
      }
    }
  }
  const due = found.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(0, limit);
  return failure ? { due, failure } : { due };
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
  let { last, fired } = await startsSoFar(transaction, deployed.key, event, from, now);
  while (found.length < limit) {
    const next = nextStart(spec, { from, last, fired }, deps);
    // At the instant of a version change, the new version starts the case.
    if (!next || next.at > now || (to && next.at >= to)) break;
    const { at, derivation } = next;
    const businessKey = keyOf(deployed.key, event, at);
    const timer = { event, derivation };
    found.push({ kind: 'start', businessKey, process: deployed.key, realm: 'live', at, timer });
    [last, fired] = [at, fired + 1];
  }
  return found;
}

/**
 * Keys contain a colon, which no identifier in a diagram has. The instant is in UTC, to the second,
 * so that keys sort by time.
 */
const keyOf = (process: string, event: string, at: Date): string =>
  `定时:${process}:${event}:${at.toISOString().replace(/[-:]|\.\d+/g, '')}`;

/** Whether the key belongs to a case that a timer or a signal of a diagram opened. */
export const isSelfStarted = (key: string): boolean => /^(定时|信号):/.test(key);

const instantIn = (key: string): Date =>
  new Date(key.slice(-16).replace(/(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)/, '$1-$2-$3:$4:$5'));

/** Reads earlier starts from the keys of cases with a trail; keys with a future instant are ignored. */
async function startsSoFar(
  transaction: Transaction,
  process: string,
  event: string,
  from: Date,
  now: Date,
): Promise<{ readonly last: Date | null; readonly fired: number }> {
  const [row] = await transaction.prepared<{ last: string | null; fired: number }>(
    'case-timed',
    `SELECT max(business_key COLLATE "C") AS last,
            count(*) FILTER (WHERE business_key COLLATE "C" > $2)::int AS fired
       FROM process_case
      WHERE business_key LIKE '定时:%' AND business_key COLLATE "C" BETWEEN $1 AND $3`,
    [`定时:${process}:${event}:`, keyOf(process, event, from), keyOf(process, event, now)],
  );
  return { last: row?.last ? instantIn(row.last) : null, fired: row?.fired ?? 0 };
}
