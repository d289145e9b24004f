/** Why a case owes a duty or not, what was done of it, and what would have had to happen. */
import type { StandIns } from '../identity/index.js';
import { Refusal } from '../kernel/index.js';
import {
  absenceInWords,
  dutiesInTime,
  dutyInReasons,
  reasonsOf,
  type Catalogues,
  type DutyEntry,
  type DutyReasons,
  type LawKeeper,
} from '../law/regulation/index.js';
import type { Transaction } from '../platform/database/index.js';
import { standInsFor } from './stand-ins.js';

interface Deps {
  readonly catalogues: Pick<Catalogues, 'lawsOf'>;
  readonly laws: Pick<LawKeeper['laws'], 'today'>;
  readonly standIns: StandIns;
}

interface Asked {
  readonly trail: readonly DutyEntry[];
  readonly startedAt: Date;
  /** Instant of the states. */
  readonly at: Date;
}

export type NormReasons = ReturnType<Awaited<ReturnType<typeof dutyExplainer>>['explain']>;

/** @returns the norms of which the case has duties, and the reasons of any norm (throws `norm.not-found`) */
export async function dutyExplainer(deps: Deps, transaction: Transaction, { trail, startedAt, at }: Asked) {
  const laws = await (await deps.catalogues.lawsOf(transaction))(startedAt, trail);
  const explain = (norm: string) => {
    const reasons = reasonsOf(laws, trail, norm, at);
    if (!reasons)
      throw new Refusal('norm.not-found', `这件工单所依的条例没有“${norm.slice(0, 20)}”这一项义务`, {
        where: 'norm',
        remedy: '编号见条例一览，或者 hotline regulation coverage',
      });
    const { provisions, says } = reasons.norm;
    const duties = reasons.duties.map((one) => dutyReasons(deps, trail, one));
    return { norm, provisions, says, absent: absenceInWords(reasons), duties };
  };
  return { norms: new Set(dutiesInTime(laws, trail).map(({ duty }) => duty.norm)), explain };
}

function dutyReasons({ laws, standIns }: Deps, trail: readonly DutyEntry[], reasons: DutyReasons) {
  const { duty, state, voided } = reasons;
  const taken = standInsFor(trail, duty);
  const lines = dutyInReasons(reasons, {
    law: laws.today(),
    roleFor: (role) => taken[role] ?? role,
    bearerFor: (bearer) => standIns.bearerFor(bearer, taken),
  });
  const ceased = voided !== null && duty.ended === null;
  return { openedBy: duty.opened.seq, state, ceased, due: duty.due, lines };
}
