/** The run that shows a finding: found by search, then run again from the beginning and judged independently. */
import { toShanghaiIso } from '../../../kernel/civil-date.js';
import type { Finding } from '../../compliance/index.js';
import type { JsonObject } from '../../../kernel/index.js';
import type { Catalogue } from '../../../law/regulation/index.js';
import { beginCase } from '../begin.js';
import type { Begin, DryAct } from '../dry-run.js';
import { refusalOf } from '../refusal-of.js';
import { rehearsedCase } from '../rehearsed-case.js';
import { withPolicies, type Stage } from '../stage.js';
import { shows } from './judge.js';
import type { Move } from './moves.js';
import { runTo, take } from './search.js';
import { waysInto, type KnownBegin } from './way.js';

export interface CounterExample {
  readonly begin: Begin;
  readonly steps: readonly { readonly text: string; readonly act: DryAct }[];
  /** The search and the judge use the same moves. */
  readonly moves: readonly Move[];
}

/** Start of the case if the finding names no day: a Monday morning. */
const anyMorning = new Date('2026-03-02T10:00:00+08:00');

/** @returns undefined if the engine confirms none within the limit */
export async function counterExample(
  { stage, catalogue, known }: Lived,
  { proof }: Pick<Finding, 'proof'>,
): Promise<CounterExample | undefined> {
  if (!proof) return undefined;
  // Another process may have an element of the same name.
  const process = stage.definitions.all.find(({ annotations }) => proof.path.every(annotations.element))?.key;
  if (process === undefined) return undefined;
  const { shows: shown } = proof;
  const at = shown.kind === 'late' ? new Date(shown.start) : anyMorning;
  const { policies } = shown.kind === 'late' ? shown : {};
  const ways = waysInto(stage, process, known.map(beginOf), proof.path[0]);
  const found = await runTo({ stage, catalogue, process, proof, ways, at });
  if (!found) return undefined;
  const { moves } = found;
  const begin = { ...found.begin, at: toShanghaiIso(at), ...(policies ? { policies } : {}) } as Begin;
  const steps = moves.map(({ text, act }) => ({ text, act }));
  return confirms({ stage, catalogue }, process, proof, begin, moves) ? { begin, steps, moves } : undefined;
}

interface Lived {
  readonly stage: Stage;
  readonly catalogue: Catalogue;
  /** Start data of earlier cases of this kind. */
  readonly known: readonly Given[];
}

interface Given {
  readonly process: string;
  readonly message?: string | undefined;
  readonly facts?: JsonObject | undefined;
}

const beginOf = ({ process, message, facts }: Given): KnownBegin =>
  message === undefined ? { process, facts } : { message, facts };

/** A new case, from the beginning. */
export function confirms(
  { stage, catalogue }: Pick<Lived, 'stage' | 'catalogue'>,
  process: string,
  { shows: shown }: NonNullable<Finding['proof']>,
  begin: Begin,
  moves: readonly Move[],
): boolean {
  const tried = withPolicies(stage, begin.policies ?? {});
  const rehearsed = rehearsedCase(tried);
  const acts = [
    () => beginCase(rehearsed, tried, begin, begin.facts ?? {}, new Date(begin.at)),
    ...moves.map((move) => () => take(rehearsed, move)),
  ];
  const judged = { stage: tried, catalogue, process, rehearsed };
  for (const [index, act] of acts.entries()) {
    const refusal = refusalOf(act);
    if (!refusal) continue;
    const { code, where } = refusal;
    return index === acts.length - 1 && shows({ ...judged, refused: { code, where } }, shown);
  }
  return shows(judged, shown);
}
