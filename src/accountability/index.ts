export type { Anchor } from './anchor/anchor.js';
export { readAnchors } from './anchor/settings.js';
export { compareRoot, rootToPrint } from './anchor/paper.js';
export { anchoring, type Anchoring } from './anchor/state.js';
export { anchorKind, deliveries, type Delivery } from './store/anchor-store.js';
export { verifyTrail } from './audit/audit.js';
export { createMarked, type Marked } from './audit/marked.js';
export { verifyNightly } from './audit/slice.js';
export { attacks } from './audit/finding.js';
export {
  adds,
  changes,
  content,
  folded,
  from,
  hashed,
  hostOf,
  projection,
  projector,
  puts,
  readProjector,
  removes,
  salted,
  same,
  sealedTexts,
  sha256Of,
  write,
  writeOnce,
  type Placed,
  type Projection,
  type Projector,
} from './projection/index.js';
export { commandSigner } from './log/command-signer.js';
export type { Entry, EntryType } from './events/index.js';
export { createFollower, followTree } from './follow/follower.js';
export { writeBundle } from './export/bundle.js';
export { writeLogFolder } from './export/log-folder.js';
export { signPresentTree } from './export/evidence.js';
export { isUnsigned, signCheckpoint } from './log/checkpoint.js';
export { trailKeepsUp, watchTrail } from './log/trail-watch.js';
export { trailLag } from './store/lag-store.js';
export { writeManifest } from './log/manifest.js';
export { rotate } from './log/rotation.js';
export { readSigner } from './log/ed25519-signer.js';
export { logKeyFileOf, signerSource, sm2KeyFileOf } from './log/signer-source.js';
export { readSm2Signer } from './log/sm2-signer.js';
export type { LogSigner, Signer } from './log/signer.js';
export { checkReceipt, fits, type Flaw, type Genuine } from './receipt/check.js';
export { commitReceipt, composeReceipt } from './receipt/issue.js';
export { createSequencer, sequence } from './log/sequencer.js';
export { withoutLimits } from './store/log-store.js';
export {
  entriesBefore,
  lockCursor,
  isUnsettled,
  sizeOfTree,
  tryLockCursor,
  type Cursor,
  streamsBehind,
} from './store/follow-store.js';
export {
  countReads,
  expiringReads,
  listReads,
  streamsOfReads,
  type PersonalDataRead,
} from './store/read-store.js';
export {
  addExport,
  beginExport,
  expireExports,
  exportsOf,
  failExport,
  finishExport,
  keptExports,
  noteProgress,
  readExport,
  unfinishedExports,
  type KeptExport,
  type KeptFile,
} from './store/export-store.js';
export { deleteTexts, expiringReasons, hasTexts, readTexts, type SealedText } from './store/sealed-texts.js';
export { sealedVaultTable } from './store/sealed-vault-table.js';
export type { Selection } from './search/selection.js';
export { kindOf } from './search/terms.js';
export { indexTrail } from './store/index-store.js';
export { journalPage } from './store/account-journal-store.js';
export {
  countEntries,
  entriesNamingUnits,
  findable,
  findEntries,
  isBehind,
  currentSnapshot,
  selectedStreams,
  streamsOf,
  trailStatus,
  type FoundEntry,
  type Place,
} from './store/search-store.js';
export { latestCheckpoint, type Checkpoint } from './store/checkpoint-store.js';
export { numbersIn } from './store/evidence-store.js';
export {
  createTrail,
  databaseMadeAt,
  entriesOfTypes,
  firstEntries,
  latestEntry,
} from './store/trail-store.js';
export type { KeptEntry, Trail, TrailAppend, TrailEntry } from './store/trail-store.js';
export { verifyChain } from './trail/verify.js';
export type { ChainVerdict } from './trail/verify.js';
export { askWitnesses, acceptCosignature, cosignatureRequest } from './witness/ask.js';
export { readWitnesses } from './witness/policy.js';
export type { Witness } from './witness/policy.js';
export { latestVerification, type Verification } from './store/verification-store.js';
export { accountabilityEntities } from './store/entities.js';
