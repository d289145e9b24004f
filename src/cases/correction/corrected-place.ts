/**
 * Corrects where the matter is. The place is checked as at intake, against the caller data that the
 * corrected sheet will have.
 */
import { seal, type JsonObject, type Seal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  checkedPlace,
  isSamePlace,
  isTheCallers,
  placeLine,
  type Corrections,
  type GivenPlace,
  type KeptSheet,
  type Place,
} from '../../sheet/index.js';
import { districtAt } from '../../sheet/districts/index.js';
import { isConfidential } from '../personal-data/withheld.js';

export type GivenCorrections = Omit<Corrections, 'place'> & {
  readonly place?: GivenPlace | null | undefined;
};

/**
 * Returns the corrections with the checked place. If nobody stated the district, the boundaries
 * determine it, as at intake.
 *
 * @throws {Refusal} `input.invalid` with what to write instead
 */
export async function withCheckedPlace(
  transaction: Transaction,
  before: KeptSheet,
  variables: JsonObject,
  { place: given, ...others }: GivenCorrections,
  law: Law,
): Promise<Corrections> {
  if (given === undefined) return others;
  const caller = {
    callerAddress: others.callerAddress === undefined ? before.callerAddress : others.callerAddress,
    confidential: others.confidential ?? isConfidential(before, variables),
  };
  const place = await checkedPlace(given, caller, (point) => districtAt(transaction, point), law);
  if (isSamePlace(before.place, place)) return others;
  const district = others.district === undefined && before.district === null && place?.within;
  return { ...others, place, ...(district ? { district } : {}) };
}

/** Whether the old place reveals where the caller lives, by the address before or after the correction. */
export const wasTheCallers = ({ place, callerAddress }: KeptSheet, changes: Corrections): boolean =>
  place !== null && isTheCallers(place, [callerAddress, changes.callerAddress ?? null]);

/** Old and new place for the entry. For the caller's own address it says only that. */
export function placeTexts(before: KeptSheet, changes: Corrections): readonly Seal[] {
  if (changes.place === undefined) return [];
  const said = (side: string, place: Place | null, theirs: boolean): readonly Seal[] =>
    place ? [seal(`place.${side}`, theirs ? '来电人地址' : placeLine(place))] : [];
  return [
    ...said('from', before.place, wasTheCallers(before, changes)),
    ...said('to', changes.place, changes.place?.ofCaller ?? false),
  ];
}
