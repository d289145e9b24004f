/** The place of the matter as shown; the caller's own address only to those who may see it. */
import type { Said } from '../contract/operation.js';
import type { TrailEntry } from '../../accountability/index.js';
import { isConfidential, withheldFrom, type CaseView } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import { sealDigest } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { placeLine, placeSeal, toWgs84, type KeptSheet } from '../../sheet/index.js';
import { personalDataOperations } from '../contract/personal-data.js';
import type { place } from '../contract/place.js';
import { readerOf } from './caller-view.js';

type PlaceShown = Said<typeof place>;

const nowhere = { address: null, given: null, point: null, within: null } as const;

/** @param law of the case */
export function placeView(
  sheet: KeptSheet,
  file: CaseView['file'],
  trail: readonly TrailEntry[],
  viewer: Principal,
  law: Law,
): PlaceShown | null {
  const altered = isAltered(sheet, trail);
  const { place } = sheet;
  if (!place) return altered ? { ...nowhere, ofCaller: false, shown: true, altered } : null;
  const { ofCaller, address, given, point, within } = place;
  if (!ofCaller) return { address, given, point, ofCaller, within, shown: true, altered };
  return maySeeTheCallers(sheet, file, viewer, law)
    ? { address: sheet.callerAddress, given, point, ofCaller, within, shown: true, altered }
    : { ...nowhere, ofCaller, shown: false, altered };
}

/** The agent decided that only those who work on the matter may see it. */
const maySeeTheCallers = (sheet: KeptSheet, file: CaseView['file'], viewer: Principal, law: Law): boolean =>
  !isConfidential(sheet, file.variables) &&
  !withheldFrom(readerOf(viewer), sheet, file, law) &&
  personalDataOperations.revealCaller.access.some((role) => viewer.roles.includes(role));

/** Compares the place with the trail's latest record of it; an erased place cannot be compared. */
function isAltered({ place, placeSalt }: KeptSheet, trail: readonly TrailEntry[]): boolean {
  const last = trail.findLast(
    (entry) =>
      entry.type !== 'unread' &&
      // Without a digest, the correction removed the place.
      (placeSeal in entry.digests ||
        (entry.type === 'sheet.corrected' && entry.body.fields.includes(placeSeal))),
  );
  const recorded = last?.type === 'unread' ? undefined : last?.digests[placeSeal];
  if (recorded === undefined) return place !== null;
  if (!place) return true;
  if (placeSalt === null) return !place.ofCaller;
  const derived = place.given && toWgs84(place.given);
  const sameSpot =
    derived?.longitude === place.point?.longitude && derived?.latitude === place.point?.latitude;
  return !sameSpot || sealDigest(placeSalt, placeLine(place)) !== recorded;
}
