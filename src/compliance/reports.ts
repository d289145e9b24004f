/** What was found out by running the very draft, by the SHA-256 of its bytes. Made by rehearsal and governance. */
export interface Reports {
  readonly scenarios?: ScenarioReport;
  readonly replay?: ReplayReport;
  readonly runningCases?: RunningCasesReport;
}

interface OfDraft {
  /** Hex, of the bytes that were run. */
  readonly sha256: string;
}

export interface ScenarioReport extends OfDraft {
  /** How many were run. */
  readonly scenarios: number;
  readonly failed: readonly FailedScenario[];
}

interface FailedScenario {
  /** In Chinese. */
  readonly title: string;
  /** The articles it shows, as provision ids. */
  readonly provisions: readonly string[];
  /** Every act could be taken, though instants, levels or values are otherwise than told. */
  readonly walked: boolean;
  /** Why it does not pass, in Chinese. */
  readonly reason: string;
}

export interface ReplayReport extends OfDraft {
  readonly cases: number;
  /** Cases that do not fit what is in force either: nothing can be said of them. */
  readonly incomparable: number;
  /** How many would have gone otherwise than on the version in force. */
  readonly unfit: number;
  readonly outcome: number;
  readonly escalation: number;
  /** The first of them. */
  readonly differing: readonly DifferingCase[];
}

export interface DifferingCase {
  readonly no: string;
  /** `unfit`: what happened to the case cannot happen on the draft. */
  readonly kind: 'unfit' | 'outcome' | 'escalation';
  readonly before: string;
  readonly after: string;
}

export interface RunningCasesReport extends OfDraft {
  /** Running cases of the process that were looked at; with `more` there are others. */
  readonly running: number;
  readonly more: boolean;
  readonly cannotMove: number;
  /** The most frequent first. */
  readonly hindrances: readonly {
    readonly element: string;
    readonly elementName: string;
    /** In Chinese. */
    readonly why: string;
    readonly cases: number;
    readonly examples: readonly string[];
  }[];
}
