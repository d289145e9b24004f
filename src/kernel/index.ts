export * from './clock.js';
export * from './json.js';
export * from './log.js';
export * from './refusal.js';
