export { grantedIn } from './exclusions.js';
export { factsOf, type Fact, type TrailStep } from './facts.js';
export { figuresOf, groupIn, type Counts, type Figures } from './figures.js';
export { followTrail } from './follow-facts.js';
export { assessmentProjectors, factsProjection } from './projectors.js';
export { knowledgeFacts, knowledgeStream, knowledgeStreamOf } from './knowledge-facts.js';
export { leadIn } from './merged.js';
export { checkMethod, isApproved, methodOf, type Method } from './method.js';
export {
  measureKeys,
  measures,
  type Count,
  type MeasureKey,
  type MethodContent,
  type PublicationContent,
  type PublicationKind,
  type TypicalCase,
} from './model/index.js';
export * from './publication/index.js';
export * from './store/publication-store.js';
export {
  endOfPeriod,
  nextPeriod,
  parsePeriod,
  periodOfAct,
  periodsBetween,
  startOfPeriod,
  type Period,
} from './period.js';
export { sampleMethod } from './sample-method.js';
export { lockCursor, isUnsettled, placeOfCursor, tryLockCursor } from './store/cursor-store.js';
export {
  addExclusion,
  addExclusionRuling,
  exclusionsOf,
  listExclusions,
  readExclusion,
  type Exclusion,
} from './store/exclusion-store.js';
export { countedFacts, mergedFacts, numberOfFacts, type FactMark } from './store/counted-facts.js';
export {
  excludedFacts,
  factKey,
  replaceFacts,
  storedFacts,
  storedOfPeriod,
  streamsActive,
  type Realm,
  type StoredFact,
} from './store/fact-store.js';
export {
  addMethodProposal,
  addMethodRuling,
  firstMonth,
  listMethodProposals,
  methodFor,
  type MethodProposal,
} from './store/method-store.js';
export {
  addClosing,
  countsOf,
  listClosings,
  mergedTallies,
  spread,
  tallies,
  trend,
  talliedPeriods,
  unitKinds,
  type Closing,
  type MergedTally,
  type Tally,
} from './store/period-store.js';
export { assessmentStream } from './stream.js';
export { assessmentEntities } from './store/entities.js';
