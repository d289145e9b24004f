/** Proposals to change a stuck case, read from its trail, with their outcomes. */
import { isSound } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import type { Intervention } from '../../engine/index.js';
import { Refusal, type Json } from '../../kernel/index.js';
import { approvers, editors, twoPersonDecision } from '../../law/two-person/index.js';

export interface Proposal {
  /** Number of the proposal's entry. */
  readonly seq: number;
  readonly state: 'open' | 'settled';
  readonly at: Date;
  readonly actor: string;
  readonly login: string;
  /** Undefined once the reason has been erased. */
  readonly reason: string | undefined;
  /** `stateDigest` of the case for which the proposal was made. */
  readonly basedOn: string;
  readonly act: Intervention;
  /** JSON of the variable's value at the time of the proposal. */
  readonly from: string | undefined;
  /** Element where the token rests. */
  readonly of: string | undefined;
  readonly process: string | undefined;
  readonly version: number | undefined;
}

type Decided = Pick<Proposal, 'seq' | 'state' | 'login' | 'actor'>;

export const interventionDecision = twoPersonDecision({
  matter: (one: Decided) => ({ ...one, name: `第 ${one.seq} 条的提议`, authors: [one] }),
  late: { code: 'intervention.settled', remedy: '刷新以后看现在的情况' },
  states: { open: ['等待批准'], settled: ['已经批准或者撤回'] },
  deeds: {
    approve: { title: '批准', in: ['open'], to: 'settled', by: 'approver', roles: approvers },
    withdraw: { title: '撤回', in: ['open'], to: 'settled', roles: [...editors, ...approvers] },
  },
  own: { code: 'intervention.own', wrote: '提出', remedy: '由他人批准' },
});

/** Proposals that were neither carried out nor withdrawn; the case may have moved since. */
export const openProposals = (trail: readonly TrailEntry[]): readonly Proposal[] =>
  proposalsIn(trail).filter(({ state }) => state === 'open');

function proposalsIn(trail: readonly TrailEntry[]): readonly Proposal[] {
  const settled = settledBy(trail);
  return trail.flatMap((entry) => {
    if (!isSound(entry) || entry.type !== 'intervention.proposed') return [];
    const { login, basedOn, from, of, process, version } = entry.body;
    const { seq, at } = entry;
    const reason = entry.sealed['reason'] ?? undefined;
    const actor = entry.body.actor ?? login;
    const state = settled.has(seq) ? 'settled' : 'open';
    return [
      {
        ...{ seq, state, at, actor, login, reason, basedOn, from, of, process, version },
        act: actIn(entry.body),
      },
    ];
  });
}

/** @throws {Refusal} `intervention.not-found` */
export function proposalNamed(no: string, trail: readonly TrailEntry[], seq: number): Proposal {
  const found = proposalsIn(trail).find((one) => one.seq === seq);
  if (found) return found;
  throw new Refusal('intervention.not-found', `工单 ${no} 的轨迹第 ${seq} 条不是人工处置的提议`, {
    where: 'proposal',
    remedy: '刷新“异常处置”，看有哪些提议',
  });
}

function settledBy(trail: readonly TrailEntry[]): ReadonlySet<number> {
  return new Set(
    trail.flatMap((entry) => {
      if (!isSound(entry)) return [];
      switch (entry.type) {
        case 'intervention.withdrawn':
        case 'variable.corrected':
        case 'own-variable.corrected':
        case 'token.moved':
        case 'token.withdrawn':
          return [entry.body.proposal];
        default:
          return [];
      }
    }),
  );
}

interface Said {
  readonly act: Intervention['kind'];
  readonly instance?: number | null | undefined;
  readonly variable?: string | undefined;
  readonly value?: string | undefined;
  readonly token?: string | undefined;
  readonly to?: string | undefined;
}

function actIn({ act, instance = null, variable = '', value = 'null', ...said }: Said): Intervention {
  const { token = '', to = '' } = said;
  switch (act) {
    case 'set': {
      const given = JSON.parse(value) as Json;
      return { kind: 'set', name: variable, value: given, instance, token: said.token ?? null };
    }
    case 'move':
      return { kind: 'move', instance: instance ?? 0, token, to };
    case 'withdraw':
      return { kind: 'withdraw', instance: instance ?? 0, token };
  }
}
