/** Parties of a case that deeds move from one person to another, and who alone may demand what a norm owes a party. Pure. */
import { matches, type Act } from './act.js';
import { isJsonObject, type Json, type JsonObject } from './json.js';
import type { Said } from './limit.js';

export interface Party {
  /** Unlike a deed's name it has no dot. */
  readonly key: string;
  readonly title: string;
  /** Who it is until a deed moves it. */
  readonly first: string;
  readonly moves: readonly { readonly when: Act; readonly to: { readonly fact: string } }[];
}

/** A deed by which a party demands what the norm owes it. */
export interface Claim {
  readonly deed: string;
  readonly party: Party;
  readonly norm: string;
  readonly provision: string;
}

/** Whom the deeds make a party: what the case remembers of it. */
export const movedBy = (
  parties: readonly Party[],
  deeds: readonly JsonObject[],
): readonly [string, JsonObject][] =>
  deeds.flatMap(({ name, facts: said }) => {
    const facts = isJsonObject(said) ? said : {};
    if (typeof name !== 'string') return [];
    return parties.flatMap(({ key, moves }) =>
      moves.flatMap(({ when, to }): [string, JsonObject][] => {
        const who = facts[to.fact];
        return who !== undefined && matches(when, { name, facts }) ? [[key, { who }]] : [];
      }),
    );
  });

/**
 * The claim that the deed makes, if it names a person who is not the party now. A deed that names nobody is the
 * party's own.
 */
export const usurped = (
  claims: readonly Claim[],
  { name, facts }: JsonObject,
  said: Said,
): Claim | undefined =>
  claims.find(({ deed, party: { key, first, moves } }) => {
    if (deed !== name || !isJsonObject(facts)) return false;
    const is: Json = said[key]?.['who'] ?? first;
    return moves.some(({ to }) => (facts[to.fact] ?? is) !== is);
  });
