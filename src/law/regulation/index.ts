export {
  dutiesOf,
  standingOf,
  stateAt,
  type Beginning,
  type Duty,
  type DutyEntry,
  type DutyState,
  type OwedDuty,
} from './interpret.js';
export { applyEdits } from './amendment/edits.js';
export { changesOf, type Change } from './amendment/changes.js';
export {
  amendmentDecision,
  amendmentsIn,
  approversNeeded,
  type Amendment,
  type AmendmentAct,
} from './amendment/amendments.js';
export { changedClocks, relive } from './amendment/relive.js';
export { dutyInWords, levelsInWords } from './amendment/difference-words.js';
export { comparingLaws, type CaseDifference, type Figure } from './amendment/two-laws.js';
export { dutiesInTime } from './amendment/laws-in-time.js';
export { impactOf, outdated, type Impact, type Surroundings } from './amendment/impact.js';
export { deedUses, type DeedUse } from './deed-uses.js';
export { followDuties, rebuildDuties } from './follow-duties.js';
export { createCatalogues, shippedOn, type Catalogues, type CatalogueInForce } from './in-force.js';
export { dutiesProjection } from './duties-projection.js';
export { textProjector, versionProjector } from './projectors.js';
export { createLawFollower, createLawKeeper, type LawKeeper } from './follow-law.js';
export { shippedLaw, shippedLaws } from './shipped-laws/index.js';
export { loadOfficialText } from './load-text.js';
export { judgeUnder, type Judge, type JudgeDeps } from './record/judge.js';
export type { LaidDuty } from './record/lay.js';
export type { Claim, Length, Move, Recorded, RecordedAct, Shown } from './record/recorded.js';
export { findingTitles, type Finding, type FindingKind } from './record/unlawful.js';
export { absenceInWords, dutyInReasons } from './reason-words.js';
export { reasonsOf, type DutyReasons } from './reasons.js';
export { readOfficialText } from './official-text.js';
export { readLaw, type LawArticle, type LawText } from './law-text.js';
export { articleRows, type ArticleRow } from './rule-words.js';
export { rulesOf } from './rules.js';
export {
  aimedAt,
  aimNamed,
  aimsOf,
  latestStart,
  listedChannels,
  remindedFrom,
  type Aim,
} from './sources/aims.js';
export { countAims } from './sources/count-aims.js';
export { conformityOf } from './sources/conformity.js';
export { assertSourcesAgree, laxerThanAllowed, readSources, shippedConflicts } from './sources/shipped.js';
export { shownIn } from './shown.js';
export { assertCatalogueReadable, shippedCatalogue, shippedCatalogues, shippedScenarios } from './shipped.js';
export {
  addDifferences,
  beginComparison,
  clearDifferences,
  countDifferences,
  differencesOf,
  dropComparison,
  finishComparison,
  noteComparing,
  readComparison,
  type ComparisonReport,
  type ComparisonState,
  type DifferencesAsked,
  type RatesUnderBoth,
} from './store/comparison-store.js';
export { openUnreminded, type Standing } from './store/aim-store.js';
export { keptDuties, owingNow, violatedDuties, type KeptDuty } from './store/duty-store.js';
export { textOfVersion, type LoadedText } from './store/text-store.js';
export {
  contentOfVersion,
  lockAmendments,
  provedVersions,
  recordedVersions,
  type RecordedVersion,
} from './store/version-store.js';
export {
  assertOwnCity,
  contentDigestOf,
  recordAmended,
  recordTransition,
  recordedCatalogue,
  recordShippedRegulation,
  regulationFiles,
  versionOn,
} from './versions.js';
export * from './model/index.js';
export { regulationEntities } from './store/entities.js';
