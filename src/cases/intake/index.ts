export { acceptReceived, receivingWhole } from './receive-whole.js';
export { channelsSaid, settleEmergency } from './emergencies.js';
export { waitingEmergencies, type MarkedChannel } from './store/emergency-marks.js';
export { classifySheet } from './classify-sheet.js';
export { importClassification } from './import-classification.js';
export { saveOtherChannels } from './other-channel-table.js';
export { proposedFor } from './proposal.js';
export { tryProposals } from './try-proposals.js';
export {
  knowledgeHistory,
  orderKnowledgeSupervision,
  withdrawKnowledge,
  writeKnowledge,
} from './knowledge.js';
export { intakeForm, intakeFormInForce, type IntakeForm } from './intake-form.js';
export { suggestIntake, type IntakeSuggestions } from './suggest.js';
export { dailyKnowledge, scheduleKnowledge, superviseLapses } from './knowledge-lapse.js';
