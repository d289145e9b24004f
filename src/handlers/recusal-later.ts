/** Recusal of a unit that becomes known, or is demanded, while the sheet is already being handled. */
import { isJsonObject, type Json, type JsonObject } from '../kernel/index.js';
import {
  aList,
  aNumber,
  anInstant,
  aRecord,
  aText,
  aTruth,
  nothing,
  orNull,
  policyValue,
  type HandlerContext,
} from '../engine/index.js';
import { unitName, unitsNamed, type UnitName } from '../kernel/unit-name.js';
import { isTrue, listOf, textOf } from './variables.js';
import { declares } from './declares.js';
import { relayMoot } from './handling/relay.js';

const seen = aList(aRecord({ unit: aText, from: anInstant, to: anInstant, entries: aNumber }));

const ofWithdrawn =
  'interestedUnits unit passedOnBy supportingUnits supportsOpen awaitsRuling recusalSeen assignments';

const ofWithdrawing = {
  interestedUnits: aText,
  holderWithdraws: aTruth,
  recusalSeen: seen,
  passedOnBy: aList(aText),
  supportingUnits: aText,
  supportsOpen: aList(aText),
};

const recordRecusalProduces = {
  does: '一个单位应当回避：它是被投诉、举报的（`recusalBasis` 是 `accused`），或者有利害关系。记下它看到过什么（`recusalSeen`）、要不要从它手里收回（`holderWithdraws`）；协办的不再协办。',
  reads: `withdrawingUnits recusalBasis accusedUnit ${ofWithdrawn}`,
  writes: { withdrawingUnits: nothing, accusedUnit: aText, ...ofWithdrawing },
};

export const recordRecusal = declares(recordRecusalProduces, (context) => {
  const { variables } = context;
  const units = unitsNamed(variables.withdrawingUnits);
  const key = textOf(variables, 'recusalBasis') === 'accused' ? 'accusedUnit' : 'interestedUnits';
  return { variables: { withdrawingUnits: null, ...withdrawn(context, units, key) } };
});

const suspendAccessProduces = {
  does: '有人要求回避：答复以前那些单位什么也看不到；由谁答复依政策。',
  reads: 'demandedUnits unit passedOnBy recusalSeen assignments supportingUnits',
  policies: 'recusalDecider',
  writes: {
    suspendedUnits: aText,
    holderSuspended: aTruth,
    recusalDecider: orNull(policyValue('recusalDecider')),
    recusalSeen: seen,
  },
};

export const suspendAccess = declares(suspendAccessProduces, (context) => {
  const { variables, policies } = context;
  const units = unitsNamed(variables.demandedUnits);
  return {
    variables: {
      suspendedUnits: units.join('、'),
      holderSuspended: holdersAmong(units, variables),
      recusalDecider: policies.value('recusalDecider') ?? null,
      recusalSeen: seenBy(context, units),
    },
  };
});

const takeBackProduces = {
  does: '从持有的单位收回工单（应当回避，或者是几个单位的事）：以后得到它的单位从头办。',
  reads: 'relayPending',
  writes: {
    takenBack: aTruth,
    awaitsRuling: aTruth,
    replyPaused: nothing,
    replyOverdue: aTruth,
    receipt: nothing,
    relayPending: aTruth,
  },
};

export const takeBack = declares(takeBackProduces, ({ variables }) => ({
  variables: {
    takenBack: true,
    awaitsRuling: false,
    replyPaused: null,
    replyOverdue: false,
    receipt: null,
    ...relayMoot(variables),
  },
}));

const answerDemandProduces = {
  does: '回避的要求有了答复：准予的，同 `recordRecusal`；不准的，单位恢复查看、办理。',
  reads: `suspendedUnits recusalAnswer ${ofWithdrawn}`,
  writes: { suspendedUnits: nothing, holderSuspended: aTruth, ...ofWithdrawing },
};

export const answerDemand = declares(answerDemandProduces, (context) => {
  const { variables } = context;
  const units = unitsNamed(variables.suspendedUnits);
  const answered = { suspendedUnits: null, holderSuspended: false };
  if (textOf(variables, 'recusalAnswer') !== 'grant') {
    return { variables: { ...answered, holderWithdraws: false } };
  }
  return { variables: { ...answered, ...withdrawn(context, units, 'interestedUnits') } };
});

function withdrawn(
  context: HandlerContext,
  units: readonly UnitName[],
  key: 'accusedUnit' | 'interestedUnits',
): JsonObject {
  const { variables } = context;
  const named = [...new Set([...unitsNamed(variables[key]), ...units])];
  const supporting = unitsNamed(variables.supportingUnits);
  return {
    [key]: named.join('、'),
    // While a return is being ruled on, the sheet has been taken back already.
    holderWithdraws: !isTrue(variables, 'awaitsRuling') && holdersAmong(units, variables),
    recusalSeen: seenBy(context, units),
    passedOnBy: passersOn(variables).filter((name) => !units.includes(name)),
    ...(supporting.some((name) => units.includes(name))
      ? {
          supportingUnits: supporting.filter((name) => !units.includes(name)).join('、'),
          supportsOpen: listOf(variables, 'supportsOpen').filter(
            (name) => typeof name !== 'string' || !units.includes(unitName(name)),
          ),
        }
      : {}),
  };
}

const holdersAmong = (units: readonly UnitName[], variables: JsonObject): boolean =>
  [...unitsNamed(variables.unit), ...passersOn(variables)].some((name) => units.includes(name));

const passersOn = (variables: JsonObject): readonly UnitName[] =>
  listOf(variables, 'passedOnBy').flatMap(unitsNamed);

/** Adds to the list, for each unit, since when it had the sheet and how many trail entries it could see. */
function seenBy({ variables, history, now }: HandlerContext, units: readonly UnitName[]): Json[] {
  const listed = listOf(variables, 'recusalSeen');
  const entries = history().length;
  const assignments = listOf(variables, 'assignments').filter(isJsonObject);
  const supporting = unitsNamed(variables.supportingUnits);
  const seen = units.flatMap((unit): JsonObject[] => {
    if (listed.some((one) => isJsonObject(one) && one.unit === unit)) return [];
    const since = assignments.find((one) => unitsNamed(one.unit).includes(unit));
    const from = since?.at ?? (supporting.includes(unit) ? assignments[0]?.at : undefined);
    return from === undefined ? [] : [{ unit, from, to: now.toISOString(), entries }];
  });
  return [...listed, ...seen];
}
