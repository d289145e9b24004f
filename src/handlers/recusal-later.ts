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

const ofWithdrawing = {
  interestedUnits: aText,
  holderWithdraws: aTruth,
  recusalSeen: seen,
  passedOnBy: aList(aText),
  supportingUnits: aText,
  supportsOpen: aList(aText),
};

const recordRecusalProduces = { writes: { withdrawingUnits: nothing, accusedUnit: aText, ...ofWithdrawing } };

/**
 * A unit is recused: it is complained of (`recusalBasis` = `accused`), or has an interest. Writes
 * `accusedUnit` or `interestedUnits`, what the units have seen (`recusalSeen`), and
 * `holderWithdraws`: whether the sheet is to be taken back from them. Recused supporting units no
 * longer support.
 */
export const recordRecusal = declares(recordRecusalProduces, (context) => {
  const { variables } = context;
  const units = unitsNamed(variables.withdrawingUnits);
  const key = textOf(variables, 'recusalBasis') === 'accused' ? 'accusedUnit' : 'interestedUnits';
  return { variables: { withdrawingUnits: null, ...withdrawn(context, units, key) } };
});

const suspendAccessProduces = {
  writes: {
    suspendedUnits: aText,
    holderSuspended: aTruth,
    recusalDecider: orNull(policyValue('recusalDecider')),
    recusalSeen: seen,
  },
};

/**
 * A recusal was demanded: until it is answered the units see nothing. Writes `suspendedUnits`,
 * `recusalSeen`, `holderSuspended` and, by the policy `recusalDecider`, who answers.
 */
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
  writes: {
    takenBack: aTruth,
    awaitsRuling: aTruth,
    replyPaused: nothing,
    replyOverdue: aTruth,
    receipt: nothing,
    relayPending: aTruth,
  },
};

/**
 * The sheet is taken from the unit that held it, which is recused or shares the matter with others:
 * whoever gets it handles it from the beginning. Writes `takenBack`.
 */
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
  writes: { suspendedUnits: nothing, holderSuspended: aTruth, ...ofWithdrawing },
};

/** The demand was answered. If granted, acts like `recordRecusal`; if refused, the units regain access. */
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
