export * from './bpmn-types.js';
export { keyObjection } from './definition-key.js';
export { definitionOf, flowNodes, processIds, processOf } from './definition.js';
export { assertDeployable, assertSupported, lintDefinition } from './lint.js';
export { compensatorsOf, isLink, linkName } from './lint-wiring.js';
export { decidesBehaviour } from './lint-references.js';
export { functions } from './feel-functions.js';
export { parseDiagram, writeDiagram, type ParsedDiagram } from './parse.js';
export { startOf } from './field-start.js';
export { annotate, optionsUnder } from './annotations.js';
export type { Annotations, DeedLink, ElementAnnotation, FormField, NormLink } from './annotations.js';
export { mostTags, mostXmlMebibytes } from './xml-text.js';
export { elementsOf, label, type Elements } from './walk.js';
export * from './decision/index.js';
export { feel, feelTests } from './feel.js';
export { typed } from './feel-types.js';
export { outputItemOf, scopeOf, type ScopeOfActivity } from './scope.js';
export { timerSpec } from './timer-spec.js';
export { limitReference } from './limit-reference.js';
export {
  aDate,
  aList,
  aNumber,
  anInstant,
  anything,
  aRecord,
  aText,
  aTruth,
  fits,
  nothing,
  oneOf,
  orNull,
  policyValue,
  type ValueType,
} from './value-type.js';
