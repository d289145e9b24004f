/** Results of running a draft, identified by the SHA-256 of its bytes. Rehearsal and governance produce them. */
export interface Reports {
  readonly scenarios?: ScenarioReport;
  readonly replay?: ReplayReport;
  readonly runningCases?: RunningCasesReport;
}

interface OfDraft {
  /** Hex. */
  readonly sha256: string;
}

export interface ScenarioReport extends OfDraft {
  /** Number of scenarios run. */
  readonly scenarios: number;
  readonly failed: readonly FailedScenario[];
  /** Scenarios whose outcome differs from the version in force. */
  readonly differing: readonly DifferingScenario[];
  /** Which parts of the draft's processes the scenarios passed. */
  readonly coverage?: Coverage;
  readonly behaviour?: Behaviour;
  /** Results of the second engine for scenarios that pass a changed element. */
  readonly engines?: SecondOpinion;
}

/** The same acts on the version in force and on the draft. */
export interface Behaviour {
  /** Cases walked that pass a changed element. */
  readonly runs: number;
  /** What only the version in force does, the most frequent first. */
  readonly lost: readonly LostBehaviour[];
}

export interface LostBehaviour {
  readonly kind: 'act' | 'deed' | 'level' | 'message' | 'duty' | 'limit' | 'holder' | 'end';
  /** The norm of a duty or limit, the name of a deed; else null. */
  readonly of: string | null;
  /** In Chinese. */
  readonly says: string;
  /** Provision ids. */
  readonly provisions: readonly string[];
  readonly runs: number;
  /** Title of the scenario that the shown run follows or leaves. */
  readonly scenario: string;
  /** The shown run on the draft, as rehearsals take it. */
  readonly begin: object;
  readonly steps: readonly { readonly text: string; readonly act: object }[];
}

export interface SecondOpinion {
  /** Scenarios in which both engines agreed after every step. */
  readonly agree: number;
  readonly differing: readonly EngineRemark[];
  /** Scenarios in which they disagreed where a known defect of the library can be reached: no evidence either way. */
  readonly uncompared: readonly EngineRemark[];
  /** Number of scenarios left out for lack of time. */
  readonly unfinished: number;
}

export interface EngineRemark {
  readonly title: string;
  /** Provision ids. */
  readonly provisions: readonly string[];
  /** In Chinese: the step and both states, or the library's defect. */
  readonly why: string;
}

export interface Coverage {
  readonly elements: CoveredShare;
  readonly deeds: CoveredShare;
  readonly duties: CoveredShare;
}

export interface CoveredShare {
  readonly passed: number;
  readonly of: number;
  /** Names in Chinese. */
  readonly missed: readonly { readonly id: string; readonly name: string }[];
}

export interface DifferingScenario {
  /** In Chinese. */
  readonly title: string;
  /** Provision ids. */
  readonly provisions: readonly string[];
  /** On which version it passes. */
  readonly holds: 'in-force' | 'draft' | 'both' | 'neither';
  /** Sentences on differing levels, duties and limits, in Chinese. */
  readonly differences: readonly string[];
}

interface FailedScenario {
  /** In Chinese. */
  readonly title: string;
  /** Provision ids. */
  readonly provisions: readonly string[];
  /** Every act was possible; instants, levels or values may differ. */
  readonly walked: boolean;
  /** Why it fails, in Chinese. */
  readonly reason: string;
}

export interface ReplayReport extends OfDraft {
  readonly cases: number;
  /** Cases that do not fit the version in force either. */
  readonly incomparable: number;
  /** Cases that cannot be replayed on the draft. */
  readonly unfit: number;
  readonly outcome: number;
  readonly escalation: number;
  /** The first ones. */
  readonly differing: readonly DifferingCase[];
}

export interface DifferingCase {
  readonly no: string;
  /** `unfit`: the case cannot be replayed on the draft. */
  readonly kind: 'unfit' | 'outcome' | 'escalation';
  /** Results on the version in force and on the draft, in Chinese. */
  readonly before: string;
  readonly after: string;
}

export interface RunningCasesReport extends OfDraft {
  /** Number of cases examined; with `more` there are others. */
  readonly running: number;
  readonly more: boolean;
  readonly cannotMove: number;
  /** Most frequent first. */
  readonly hindrances: readonly {
    readonly element: string;
    readonly elementName: string;
    /** In Chinese. */
    readonly why: string;
    readonly cases: number;
    readonly examples: readonly string[];
  }[];
}
