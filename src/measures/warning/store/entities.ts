import { boundaryEntity } from './boundary-store.js';
import { answerEntity, suggestionEntity } from './study-store.js';

export const warningEntities = [boundaryEntity, answerEntity, suggestionEntity];
