export * from './entry.js';
export * from './store/knowledge-store.js';
export * from './store/lapse-store.js';
export { knowledgeEntities } from './store/entities.js';
export * from './projectors.js';
