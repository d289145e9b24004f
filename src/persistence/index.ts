export { asViewer } from './as-viewer.js';
export { type Database, openDatabase, type OpenOptions } from './database.js';
export { column, each, insert, insertIfAbsent, manyToOne, type Entity } from './entity.js';
export { startEmbedded } from './embedded/index.js';
export * from './operators.js';
export { schemaNames } from './schema-names.js';
export { databaseSettings } from './settings.js';
export type { Transaction } from './transaction.js';
export { renewing, type RowKey, type VaultTable } from './vault-table.js';
