/**
 * Follows the tree of the trail. For new and reclassified sheets it updates the counts by district
 * and class and raises warnings, in one transaction, with a constant number of look-ups per sheet.
 * Only the program that holds the cursor works.
 */
import { followTree } from '../../accountability/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { hasPart } from '../../kernel/law.js';
import type { PolicyKeeper } from '../../law/policy/index.js';
import { nearbySheets, othersOfCaller } from '../../sheet/index.js';
import { decide, quietPeriod, type Finding } from './decide.js';
import { emergenciesIn } from './emergencies.js';
import type { WarningDeps } from './append-entry.js';
import type { Sheet } from './matters.js';
import { raise } from './raise.js';
import { spotOf } from './spot.js';
import {
  countedFrom,
  countAmong,
  countSheet,
  forgetOldSlots,
  countsAround,
  noteCountedFrom,
  liveSheets,
  othersAtSpot,
  type LiveSheet,
} from './store/matter-store.js';
import { joinWarning, findActiveWarning } from './store/warning-store.js';
import { thresholdsOf, type Thresholds } from './thresholds.js';

export interface MatterDeps extends WarningDeps {
  readonly policies: PolicyKeeper;
}

/** Entries per round. */
const mostEntries = 500;
/** Most sheets examined per caller. */
const mostOfCaller = 100;
/** Most sheets examined per spot, as many as a warning lists. */
const mostAtSpot = 200;
/** Milliseconds; older sheets are counted but raise no warning. */
const maxAge = 2 * 3_600_000;

/** @returns entries processed; 0 also if another program holds the cursor, or the city has no early warning */
export const followMatters = async (deps: MatterDeps): Promise<number> =>
  hasPart('early-warning', deps.laws.today()) ? follow(deps) : 0;

const follow = (deps: MatterDeps): Promise<number> =>
  followTree(
    deps.database,
    'matter_cursor',
    async (transaction, streams) => {
      await deps.policies.refresh(transaction);
      const thresholds = thresholdsOf(deps.policies.at(deps.clock.now()));
      let since = await countedFrom(transaction);
      for (const standing of await liveSheets(transaction, streams)) {
        const ofCaller = await othersOfCaller(transaction, standing.no, mostOfCaller);
        const sheet = await sheetOf(transaction, standing, thresholds, ofCaller);
        if (since === null || sheet.receivedAt < since) since = sheet.receivedAt;
        if (!isUnchanged(sheet)) await countSheetAndWarn(deps, transaction, sheet, thresholds, since);
      }
      await noteCountedFrom(transaction, since);
      await forgetOldSlots(transaction, deps.clock.now(), thresholds.rise.weeks);
    },
    mostEntries,
  );

async function sheetOf(
  transaction: Transaction,
  { title, path, before, place, longitude, latitude, ...sheet }: LiveSheet,
  { burst, repeat }: Thresholds,
  ofCaller: readonly string[],
): Promise<Sheet> {
  const spot = spotOf(place, sheet.district);
  const kind = { area: path[0] ?? '', class: path.at(-1) ?? '' };
  const { days, metres } = repeat;
  const since = new Date(sheet.receivedAt.getTime() - days * 24 * 3_600_000);
  const near =
    longitude === null || latitude === null || kind.class === ''
      ? []
      : await nearbySheets(
          transaction,
          { longitude, latitude },
          { metres, since, probe: title, most: mostAtSpot },
        );
  const named =
    kind.class === ''
      ? []
      : await othersAtSpot(transaction, { ...sheet, ...kind, spot }, { days, most: mostAtSpot });
  const atSpot = [...new Set([...near.map(({ no }) => no), ...named])].filter((no) => no !== sheet.no);
  return {
    ...{ ...sheet, ...kind, ofCaller, spot, atSpot },
    emergencies: emergenciesIn(title, path, burst.emergencies),
    before: before ?? undefined,
  };
}

const isUnchanged = ({ before, district, class: code, area, spot }: Sheet): boolean =>
  before?.district === district && before.class === code && before.area === area && before.spot === spot;

/** Exported for the bench. */
export async function countSheetAndWarn(
  deps: WarningDeps,
  transaction: Transaction,
  sheet: Sheet,
  thresholds: Thresholds,
  countedSince: Date,
): Promise<void> {
  const earlier = await countAmong(transaction, sheet.ofCaller, sheet, thresholds.repeat.days);
  await countSheet(transaction, sheet, earlier > 0);
  const now = deps.clock.now();
  if (now.getTime() - sheet.receivedAt.getTime() > maxAge) return;
  const known = await countsAround(transaction, sheet, earlier, thresholds, countedSince);
  const standing = (about: Pick<Finding, 'sort' | 'matter'>) =>
    findActiveWarning(transaction, about, sheet, {
      among: about.sort === 'repeat-spot' ? sheet.atSpot : sheet.ofCaller,
      after: quietSince(about, sheet, thresholds),
    });
  const findings = decide(sheet, known, thresholds);
  for (const finding of findings) {
    const going = await standing(finding);
    if (going === undefined) await raise(deps, transaction, finding, sheet);
    else await joinWarning(transaction, going, sheet);
  }
  // A continuing emergency joins the existing warning.
  for (const matter of sheet.emergencies) {
    if (findings.some((one) => one.sort === 'burst' && one.matter === matter)) continue;
    const going = await standing({ sort: 'burst', matter });
    if (going !== undefined) await joinWarning(transaction, going, sheet);
  }
}

const quietSince = ({ sort }: Pick<Finding, 'sort'>, { receivedAt }: Sheet, thresholds: Thresholds): Date =>
  new Date(receivedAt.getTime() - quietPeriod(sort, thresholds));
