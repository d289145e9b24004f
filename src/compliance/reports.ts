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
  readonly scenarios: readonly ScenarioResult[];
}

export interface ScenarioResult {
  readonly name: string;
  /** The articles it shows, as provision ids. */
  readonly provisions: readonly string[];
  readonly passed: boolean;
  /** Every act could be taken, though instants, levels or values are otherwise than told. */
  readonly walked: boolean;
  /** Why it did not, in Chinese, and where. */
  readonly reason?: string;
  readonly element?: string;
}

export interface ReplayReport extends OfDraft {
  readonly cases: number;
  /** Those that would have gone otherwise than on the version in force. */
  readonly differing: readonly DifferingCase[];
}

export interface DifferingCase {
  readonly no: string;
  /** `unfit`: what happened to the case cannot happen on the draft. */
  readonly kind: 'unfit' | 'outcome' | 'escalation';
  readonly element?: string;
  readonly before: string;
  readonly after: string;
}

export interface RunningCasesReport extends OfDraft {
  readonly running: number;
  readonly cannotMove: readonly {
    readonly no: string;
    readonly element: string;
    /** In Chinese. */
    readonly why: string;
  }[];
}
