import { actEntity, draftEntity, revisionEntity } from './draft-store.js';
import { submissionEntity } from './submission-store.js';
import { trialEntity } from './trial-store.js';

export const governanceEntities = [actEntity, draftEntity, revisionEntity, submissionEntity, trialEntity];
