export * from './bpmn-types.js';
export { definitionOf, flowNodes, processIds, processOf } from './definition.js';
export { dutyDescriptor, dutyNamespace } from './descriptor.js';
export { assertDeployable, lintDefinition } from './lint.js';
export type { Finding, HandlerNames } from './lint.js';
export { parseDiagram } from './parse.js';
export type { ParsedDiagram } from './parse.js';
export { annotate } from './annotations.js';
export type { Annotations, ElementAnnotation, FormField, NormLink } from './annotations.js';
