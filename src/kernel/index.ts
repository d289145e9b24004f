export * from './clock.js';
export * from './throttled-log.js';
export * from './json.js';
export * from './log.js';
export * from './refusal.js';
export * from './repeat.js';
export * from './seal.js';
export * from './vault.js';
