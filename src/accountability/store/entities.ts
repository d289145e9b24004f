import { exportEntity } from './export-store.js';
import { verificationEntity } from './verification-store.js';

export const accountabilityEntities = [exportEntity, verificationEntity];
