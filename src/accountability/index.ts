export { createSequencer, sequence } from './log/sequencer.js';
export type { Sequencer } from './log/sequencer.js';
export { createTrail } from './store/trail-store.js';
export type { Trail, TrailAppend, TrailEntry } from './store/trail-store.js';
export { seal, sealDigest } from './trail/seal.js';
export type { Seal } from './trail/seal.js';
export { verifyChain } from './trail/verify.js';
export type { ChainVerdict } from './trail/verify.js';
