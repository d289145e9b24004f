export { actsOf, actSchema, groundFact, voidingActs } from './deeds.js';
export type { Act, DeedMeaning, DutyRule, Vocabulary } from './deeds.js';
export type { Decision } from './measures.js';
export { articleOf, catalogueOf, mayStandAt, type Catalogue } from './catalogue.js';
export { contradictoryLimits } from './contradictions.js';
export { differenceKinds, editSchema, type DifferenceKind, type Edit } from './edits.js';
export { contentOf, provingFields, type CatalogueContent } from './content.js';
export type { Norm, RegulationVersion } from './content.js';
export { extensionSchema, limitInWords, limitSchema } from './limits.js';
export { coverageOf, type Coverage, type NormCoverage, type ScenarioProvisions } from './coverage.js';
export { articleIdOf, isWithin, overlaps, provisionLabel, provisionPattern } from './provision-id.js';
export {
  bearerKeys,
  bearerTitle,
  certainties,
  lights,
  modalities,
  normKinds,
  relations,
  verdicts,
  type Verdict,
  dutyStates,
} from './words.js';
