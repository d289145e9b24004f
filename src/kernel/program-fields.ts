/**
 * Fields of forms that the program itself reads or fills, by the key that diagrams give them: as what a form must ask
 * them, and which handler or message cannot do without. Every other field is the package's alone, and nothing in `src/`
 * names it. Runs in browsers, too.
 */
type FieldType = 'text' | 'longText' | 'choice' | 'boolean' | 'number' | 'date' | 'unit' | 'units' | 'sheet';

interface ProgramField {
  readonly type: FieldType;
  /** Handlers that need an answer, and messages that bring one. Without them, a package may leave the field out. */
  readonly neededBy?: readonly string[];
}

export const programFields = {
  // What the sheet says.
  channel: { type: 'choice' },
  kind: { type: 'choice' },
  wishesReply: { type: 'boolean' },
  confidential: { type: 'boolean' },
  // Registration, and the way of handling.
  accusation: { type: 'choice' },
  accusedUnit: { type: 'unit' },
  accusedNone: { type: 'longText' },
  interestedUnits: { type: 'units' },
  relatedSheet: { type: 'sheet', neededBy: ['linkRepeat'] },
  sameFactsAndReasons: { type: 'boolean', neededBy: ['linkRepeat'] },
  priorResult: { type: 'choice', neededBy: ['linkRepeat'] },
  conduct: { type: 'choice', neededBy: ['verifyReferral'] },
  dissuasionRecord: { type: 'longText' },
  dissuasionEffective: { type: 'boolean' },
  referralDecision: { type: 'choice' },
  matterRemains: { type: 'boolean' },
  wayOut: { type: 'choice', neededBy: ['recordAcceptanceOutcome'] },
  pendingProcedure: { type: 'choice' },
  channelName: { type: 'text' },
  channelInfo: { type: 'longText' },
  unit: { type: 'unit', neededBy: ['assignUnit', 'handOver'] },
  dispatchBasis: { type: 'choice' },
  supportingUnits: { type: 'units', neededBy: ['askSupport'] },
  coordinatingUnit: { type: 'unit' },
  concentrated: { type: 'boolean' },
  // Recusal found later.
  withdrawingUnits: { type: 'units', neededBy: ['recordRecusal', 'recusal-stated'] },
  recusalBasis: { type: 'choice', neededBy: ['recordRecusal', 'recusal-stated'] },
  recusalFacts: { type: 'longText', neededBy: ['recusal-stated'] },
  demandedUnits: { type: 'units', neededBy: ['suspendAccess'] },
  recusalAnswer: { type: 'choice', neededBy: ['answerDemand'] },
  // Handling.
  receipt: { type: 'choice' },
  returnDecision: { type: 'choice' },
  branch: { type: 'choice' },
  legalBasis: { type: 'text' },
  promisedDate: { type: 'date', neededBy: ['checkPromisedDate'] },
  earlierSheet: { type: 'sheet', neededBy: ['verifyRepeat'] },
  earlierResult: { type: 'choice', neededBy: ['verifyRepeat'] },
  extensionWanted: { type: 'number' },
  extensionDecision: { type: 'choice' },
  extensionDays: { type: 'number' },
  pauseGround: { type: 'choice', neededBy: ['pauseClock'] },
  interimResult: { type: 'choice' },
  basisFinding: { type: 'choice' },
  completionResult: { type: 'longText' },
  auditResult: { type: 'choice' },
  factsVerified: { type: 'boolean' },
  resolved: { type: 'boolean', neededBy: ['countUnsolved'] },
  satisfaction: { type: 'choice' },
  notEstablished: { type: 'boolean' },
  reworkDecision: { type: 'choice' },
  terminationDecision: { type: 'choice' },
  // What callers ask for on their page.
  explanationWanted: { type: 'longText', neededBy: ['explanation-requested'] },
  withdrawalConfirmed: { type: 'choice', neededBy: ['withdrawal-told'] },
  withdrawalReason: { type: 'longText', neededBy: ['withdrawal-told'] },
  // Supervision and accountability.
  supervisionGround: { type: 'choice', neededBy: ['supervision-ordered'] },
  supervisionReason: { type: 'longText', neededBy: ['supervision-ordered'] },
  clueGround: { type: 'choice' },
  clueSource: { type: 'choice' },
  established: { type: 'boolean', neededBy: ['keepFinding', 'recordAccountability'] },
  severity: { type: 'choice', neededBy: ['keepFinding'] },
  liabilityOrgan: { type: 'choice' },
  // Assessment and publication.
  objectionUnit: { type: 'text', neededBy: ['registerObjection'] },
  objectionMeasure: { type: 'choice', neededBy: ['registerObjection'] },
  objectionGround: { type: 'longText', neededBy: ['registerObjection'] },
  objectionNumber: { type: 'number', neededBy: ['applyObjection'] },
  objectionResult: { type: 'choice', neededBy: ['applyObjection'] },
  objectionNumerator: { type: 'number' },
  objectionDenominator: { type: 'number' },
  objectionReason: { type: 'longText' },
  circular: { type: 'text' },
  publicationAddress: { type: 'text' },
  lawfulDisclosure: { type: 'boolean' },
} as const satisfies { readonly [key: string]: ProgramField };

interface Sheet {
  readonly channel: string;
  readonly kind: string;
  readonly replyWanted: boolean;
  readonly confidential: boolean;
}

/** What a sheet answers of every form that asks it. */
export const answersOfSheet = ({ channel, kind, replyWanted, confidential }: Sheet) => ({
  channel,
  kind,
  wishesReply: replyWanted,
  confidential,
});
