export * from './tree.js';
export { readTree } from './tree-file.js';
export { createModel } from './model.js';
export { updatedProfile } from './profile.js';
export type { Profile, Suggestion } from './model.js';
export { createMeaning, readForeignWords } from './foreign-words.js';
export { channelsIn } from './spoken/channels.js';
export type { Meaning } from './spoken/meaning.js';
export { otherChannels, type OtherChannel } from './other-channels.js';
export {
  addOtherChannels,
  lockOtherChannels,
  otherChannelsInForce,
  sampleChannels,
} from './store/other-channel-store.js';
export { pastSheets, type PastSheet } from './store/past-sheets.js';
export * from './store/sheet-class-store.js';
export * from './store/tree-store.js';
export * from './store/suggester.js';
export { classificationEntities } from './store/entities.js';
export { comparedOtherChannels, otherChannelTable } from './store/compared-other-channels.js';
