export * from './clock.js';
export * from './complaints.js';
export * from './json.js';
export * from './log.js';
export * from './refusal.js';
export * from './repeat.js';
export * from './seal.js';
export * from './vault.js';
