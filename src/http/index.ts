export { createApp } from './app.js';
export { findingsInChinese } from './chinese-errors.js';
export type { HttpDeps } from './deps.js';
export { openApiDocument } from './openapi.js';
export { listen } from './server.js';
export type { Listening, ListenOptions } from './server.js';
