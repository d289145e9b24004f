export * from './entry.js';
export * from './store/knowledge-store.js';
