import { answerEntity, suggestionEntity } from './study-store.js';

export const warningEntities = [answerEntity, suggestionEntity];
