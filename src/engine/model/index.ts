export { dutyDescriptor, dutyNamespace } from './descriptor.js';
export { parseDiagram } from './parse.js';
export type { ParsedDiagram } from './parse.js';
