import { comparisonEntity } from './comparison-store.js';
import { textEntity } from './text-store.js';
import { versionEntity } from './version-store.js';

export const regulationEntities = [comparisonEntity, textEntity, versionEntity];
