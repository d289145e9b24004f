import { entryEntity, versionEntity } from './knowledge-store.js';

export const knowledgeEntities = [entryEntity, versionEntity];
