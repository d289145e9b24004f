export * from './bpmn-types.js';
export { definitionOf, flowNodes, processIds } from './definition.js';
export { assertDeployable, assertSupported, lintDefinition } from './lint.js';
export { parseDiagram } from './parse.js';
export { annotate } from './annotations.js';
export type { Annotations, ElementAnnotation, FormField, NormLink } from './annotations.js';
