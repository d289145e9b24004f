/**
 * Form fields that the program itself reads or fills, by their key in diagrams: the type with which
 * a form must ask for them, and the handlers and messages that need them. All other fields belong
 * to the package alone, and nothing in `src/` names them. Also runs in browsers.
 */
const byType = {
  choice: `channel kind accusation priorResult conduct referralDecision wayOut pendingProcedure
    dispatchBasis recusalBasis recusalAnswer receipt returnDecision branch earlierResult
    extensionDecision pauseGround interimResult basisFinding auditResult satisfaction reworkDecision
    terminationDecision withdrawalConfirmed supervisionGround clueGround clueSource severity
    liabilityOrgan objectionMeasure objectionResult`,
  boolean: `wishesReply confidential sameFactsAndReasons dissuasionEffective matterRemains concentrated
    factsVerified resolved notEstablished established lawfulDisclosure`,
  unit: 'accusedUnit unit coordinatingUnit',
  longText: `accusedNone dissuasionRecord channelInfo recusalFacts completionResult explanationWanted
    withdrawalReason supervisionReason objectionGround objectionReason`,
  units: 'interestedUnits supportingUnits withdrawingUnits demandedUnits',
  sheet: 'relatedSheet earlierSheet',
  accused: 'accused',
  text: 'channelName legalBasis objectionUnit circular publicationAddress',
  date: 'promisedDate',
  number: 'extensionWanted extensionDays objectionNumber objectionNumerator objectionDenominator',
};

/** By the handler that reads them, or the message that brings them. A package may leave out other fields. */
const byNeed = {
  linkRepeat: 'relatedSheet sameFactsAndReasons priorResult',
  verifyReferral: 'conduct',
  recordAcceptanceOutcome: 'wayOut',
  assignUnit: 'unit',
  handOver: 'unit',
  askSupport: 'supportingUnits',
  recordRecusal: 'withdrawingUnits recusalBasis',
  'recusal-stated': 'withdrawingUnits recusalBasis recusalFacts',
  suspendAccess: 'demandedUnits',
  answerDemand: 'recusalAnswer',
  checkPromisedDate: 'promisedDate',
  verifyRepeat: 'earlierSheet earlierResult',
  pauseClock: 'pauseGround',
  countUnsolved: 'resolved',
  'explanation-requested': 'explanationWanted',
  'withdrawal-told': 'withdrawalConfirmed withdrawalReason',
  'supervision-ordered': 'supervisionGround supervisionReason',
  keepFinding: 'established severity',
  recordAccountability: 'established accused',
  registerObjection: 'objectionUnit objectionMeasure objectionGround',
  applyObjection: 'objectionNumber objectionResult',
};

const wordsOf = (lists: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(lists).map(([name, list]) => [name, list.split(/\s+/)]));

/** Type by key. */
export const programFields: ReadonlyMap<string, string> = new Map(
  [...wordsOf(byType)].flatMap(([type, keys]) => keys.map((key) => [key, type] as const)),
);

export const neededFields = wordsOf(byNeed);

interface Sheet {
  readonly channel: string;
  readonly kind: string;
  readonly replyWanted: boolean;
  readonly confidential: boolean;
}

/** Answers that the sheet itself gives to every form that asks for them. */
export const answersOfSheet = ({ channel, kind, replyWanted, confidential }: Sheet) => ({
  channel,
  kind,
  wishesReply: replyWanted,
  confidential,
});
