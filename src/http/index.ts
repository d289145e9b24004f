export { createGateway } from './gateway/gateway.js';
export { createApp } from './app.js';
export type { HttpParts } from './deps.js';
export { mapTilesOf } from './map-tiles.js';
export { createMetricsApp } from './metrics-app.js';
export { listen } from './server.js';
export type { Listening } from './server.js';
