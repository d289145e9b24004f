import { ruleSetEntity } from './rule-store.js';
import { treeEntity } from './tree-store.js';

export const classificationEntities = [ruleSetEntity, treeEntity];
