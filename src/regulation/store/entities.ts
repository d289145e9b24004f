import { textEntity } from './text-store.js';
import { versionEntity } from './version-store.js';

export const regulationEntities = [textEntity, versionEntity];
