import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import {
  aList,
  anInstant,
  aRecord,
  aText,
  aTruth,
  nothing,
  orNull,
  type ClockMove,
  type HandlerContext,
  type HandlerResult,
} from '../../engine/index.js';
import { unitsNamed } from '../../kernel/unit-name.js';
import { mustWithdraw, ofRecused, recusedUnits } from '../recusal.js';
import { isTrue, listOf, textOf } from '../variables.js';
import { limits } from './clocks.js';
import { leadSupportsNobody } from './support.js';
import { declares } from '../declares.js';

const ofHandOver = `unit receipt assignments unitIsDistrict passedOnBy supportingUnits supportsOpen awaitsRuling returnDecision replyPaused replied lapsedInRuling ${ofRecused}`;

const produces = {
  does: '把工单交给 `unit`，头一次或者另交；各单位何时接的记在 `assignments`，可以退单的日子另起。裁定以后仍是原单位的，期限接着算；换了单位的重新起算，除非政策 `clockOnReassign` 说接着算；从应当回避的单位收回的，总是重新起算。',
  reads: `coordinatingUnit ${ofHandOver}`,
  policies: 'confidentialFrom clockOnReassign returnAfterDesignation',
  moves: { resume: 'reply', restart: 'reply' },
  writes: {
    recusedUnits: aList(aText),
    assignments: aList(aRecord({ unit: orNull(aText), at: anInstant, isDistrict: orNull(aTruth) })),
    passedOnBy: aList(orNull(aText)),
    returnClosed: aTruth,
    returnBarred: aTruth,
    unitMayContact: aTruth,
    awaitsRuling: aTruth,
    takenBack: aTruth,
    lapsedInRuling: aTruth,
    replyPaused: nothing,
    replied: nothing,
    replyOverdue: aTruth,
    supportingUnits: aText,
    supportsOpen: aList(aText),
  },
  errors: { recusal: '要交给的单位里有应当回避的' },
};

export const assignUnit = declares(produces, (context) =>
  mustWithdraw(context.variables) ? { error: 'recusal' } : handedOver(context),
);

const handOverProduces = {
  ...produces,
  does: '没有回避的条例用它：同 `assignUnit`，不核对回避。',
  reads: ofHandOver,
  errors: {},
};

export const handOver = declares(handOverProduces, handedOver);

function handedOver(context: HandlerContext): HandlerResult {
  const { variables, now } = context;
  const passedOn = textOf(variables, 'receipt') === 'pass-on';
  const clocks = isTrue(variables, 'awaitsRuling') ? clocksAfterRuling(context) : [];
  return {
    variables: {
      recusedUnits: recusedUnits(variables),
      assignments: [
        ...listOf(variables, 'assignments'),
        {
          unit: textOf(variables, 'unit') ?? null,
          at: now.toISOString(),
          ...(isTrue(variables, 'unitIsDistrict') ? { isDistrict: true } : {}),
        },
      ],
      // A unit that passes the sheet on still answers for it, and the limit for returning it does
      // not restart.
      ...(passedOn
        ? { passedOnBy: [...listOf(variables, 'passedOnBy'), holderBefore(variables)] }
        : { returnClosed: false, passedOnBy: [] }),
      ...barredBy(context),
      ...leadSupportsNobody(variables),
      ...(context.policies.value('confidentialFrom') === 'public' ? { unitMayContact: true } : {}),
      awaitsRuling: false,
      takenBack: false,
      lapsedInRuling: false,
      ...(variables.replyPaused === 'return' ? { replyPaused: null } : {}),
      ...(isTrue(variables, 'replied') ? { replied: null } : {}),
      ...(clocks.some(({ act }) => act === 'restart') ? { replyOverdue: false } : {}),
    },
    ...(clocks.length > 0 ? { clocks } : {}),
  };
}

function clocksAfterRuling({ variables, policies }: HandlerContext): ClockMove[] {
  const resumes = variables.replyPaused === 'return';
  // The clock was paused on request; the ground of that pause decides when it resumes.
  if (typeof variables.replyPaused === 'string' && !resumes) return [];
  const continues = policies.value('clockOnReassign') === 'continues' && !holderWithdrew(variables);
  const goesOn = continues || keepsIt(variables);
  const restarts = !goesOn || isTrue(variables, 'lapsedInRuling');
  return [
    ...(resumes ? [{ act: 'resume', limit: limits.reply } as const] : []),
    ...(restarts ? [{ act: 'restart', limit: limits.reply } as const] : []),
  ];
}

/** Whether the unit that held the sheet before the ruling keeps it. */
function keepsIt(variables: JsonObject): boolean {
  return holderBefore(variables) === (textOf(variables, 'unit') ?? null);
}

/** The matter should never have been with the recused unit, so the next unit is not charged with its days. */
function holderWithdrew(variables: JsonObject): boolean {
  const recused = recusedUnits(variables);
  const before = holderBefore(variables);
  return unitsNamed(before).some((unit) => recused.includes(unit));
}

const holderBefore = (variables: JsonObject): Json =>
  listOf(variables, 'assignments').findLast(isJsonObject)?.unit ?? null;

/**
 * The hotline designated the unit in a dispute: the unit may not return the sheet again, unless the
 * policy permits it. If the regulation itself forbids it, there is no such policy.
 */
function barredBy({ variables, policies }: HandlerContext): JsonObject {
  if (!isTrue(variables, 'awaitsRuling')) return {};
  const designated = textOf(variables, 'returnDecision') === 'designate';
  return { returnBarred: designated && policies.value('returnAfterDesignation') !== 'yes' };
}
