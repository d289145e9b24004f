export { measureKeys, measures, type Count, type MeasureKey } from './measures.js';
export { line, methodContentSchema, type Indicator, type MethodContent } from './method-content.js';
