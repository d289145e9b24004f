import { otherChannelSetEntity } from './other-channel-store.js';
import { treeEntity } from './tree-store.js';

export const classificationEntities = [otherChannelSetEntity, treeEntity];
