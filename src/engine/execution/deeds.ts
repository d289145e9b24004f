/** Deeds of the regulation done in a part of a step, as recorded in the trail. */
import { matches } from '../../kernel/act.js';
import { isJsonObject, Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import type { Prohibition } from '../../kernel/law-content.js';
import type { Said } from '../../kernel/limit.js';
import { usurped, type Claim } from '../../kernel/party.js';
import { provisionLabel } from '../../kernel/provision-label.js';
import type { Annotations, DeedLink } from '../model/annotations.js';
import { feel } from '../model/feel.js';
import type { StepEvent } from '../runtime/interface.js';
import { asEvidence } from './entry.js';

/**
 * @param variables after that part of the step; asked for only if a deed is done
 * @param localsAt local names of a repetition, by the element and the token that is at it
 */
export function deedsOf(
  events: readonly StepEvent[],
  annotations: Annotations,
  { variables, localsAt }: { readonly variables: () => JsonObject; readonly localsAt: LocalsAt },
  now: Date,
): JsonObject[] {
  return events.flatMap((event) => {
    if (event.kind !== 'left' && event.kind !== 'entered') return [];
    const on = event.kind === 'left' ? 'done' : 'begun';
    const links = annotations.element(event.element)?.deeds.filter((link) => link.on === on) ?? [];
    if (links.length === 0) return [];
    const names = { ...variables(), ...localsAt(event.element, event.token) };
    return links
      .filter(({ when }) => when === null || feel(when, event.element).holds(names, now))
      .map((link) => deedOf(link, event.element, names, now));
  });
}

type LocalsAt = (element: string, token: string) => JsonObject | undefined;

/** An expression that is only a variable's name: most facts are. */
const plainName = /^=?\s*((?!true$|false$|null$)[A-Za-z_]\w*)$/;

function deedOf({ name, facts }: DeedLink, element: string, variables: JsonObject, now: Date): JsonObject {
  const known: { [name: string]: Json } = {};
  for (const fact of facts) {
    const variable = plainName.exec(fact.value)?.[1];
    const value = asEvidence(
      variable === undefined
        ? feel(fact.value, element).value(variables, now)
        : (variables[variable] ?? null),
    );
    if (value !== null) known[fact.name] = value;
  }
  return { name, ...(Object.keys(known).length > 0 ? { facts: known } : {}) };
}

/** @throws {Refusal} `deed.forbidden` if a deed makes a claim in the name of a person who is not the party now */
export function checkClaimants(
  deeds: readonly JsonObject[],
  claims: readonly Claim[] = [],
  said: Said = {},
): void {
  const claim = deeds.flatMap((deed) => usurped(claims, deed, said) ?? [])[0];
  if (!claim) return;
  throw new Refusal(
    'deed.forbidden',
    `依${provisionLabel(claim.provision)}，只有现在的${claim.party.title}有权要求`,
    {
      provision: provisionLabel(claim.provision),
      remedy: '核对是谁要求；已经由别人接续的，由接续的人要求',
    },
  );
}

/**
 * Norms that forbid one of the deeds and let the entry note it.
 *
 * @throws {Refusal} `deed.forbidden` if a norm refuses one
 */
export function forbiddenIn(
  deeds: readonly JsonObject[],
  forbids: readonly Prohibition[],
): readonly string[] {
  const broken = forbids.filter(({ act }) =>
    deeds.some(
      ({ name, facts }) =>
        typeof name === 'string' && matches(act, { name, ...(isJsonObject(facts) ? { facts } : {}) }),
    ),
  );
  const refused = broken.find(({ then }) => then === 'refuse');
  if (!refused) return [...new Set(broken.map(({ norm }) => norm))];
  throw new Refusal('deed.forbidden', `${provisionLabel(refused.provision)}：${refused.says}`, {
    provision: provisionLabel(refused.provision),
    remedy: '条例不许这样做；改填所填的，或者另作处理',
  });
}
