/**
 * Fields of forms that the program itself reads or fills, by the key that diagrams give them: as what a form must ask
 * them, and which handlers and messages cannot do without. Every other field is the package's alone, and nothing in
 * `src/` names it. Runs in browsers, too.
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
  text: 'channelName legalBasis objectionUnit circular publicationAddress',
  date: 'promisedDate',
  number: 'extensionWanted extensionDays objectionNumber objectionNumerator objectionDenominator',
};

/** By handler, which reads them, or message, which brings them. Without it a package may leave them out. */
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
  recordAccountability: 'established',
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

/** What a sheet answers of every form that asks it. */
export const answersOfSheet = ({ channel, kind, replyWanted, confidential }: Sheet) => ({
  channel,
  kind,
  wishesReply: replyWanted,
  confidential,
});
