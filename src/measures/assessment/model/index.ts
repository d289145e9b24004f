export { measureKeys, measures, type Count, type MeasureKey } from './measures.js';
export * from './method-content.js';
export * from './publication-content.js';
