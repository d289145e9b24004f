export { type Database, openDatabase, type OpenOptions } from './database.js';
export { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded/index.js';
export { databaseSettings, type DatabaseSettings } from './settings.js';
export type { Transaction } from './transaction.js';
