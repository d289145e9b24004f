/** Reports as the checks take them (src/compliance/reports.ts), made of the bytes with this SHA-256. */
import type {
  ReplayReport as CheckedReplay,
  ScenarioReport as CheckedScenarios,
} from '../compliance/index.js';
import type { ReplayReport } from './replay-report.js';
import type { ScenarioReport } from './scenario-report.js';

export function scenariosForChecks(sha256: string, { failed }: ScenarioReport): CheckedScenarios {
  return {
    sha256,
    scenarios: failed.map(({ name, provisions, walked, failures }) => ({
      name,
      provisions,
      passed: false,
      walked,
      reason: failures.join(';'),
    })),
  };
}

export const replayForChecks = (sha256: string, { cases, differences }: ReplayReport): CheckedReplay => ({
  sha256,
  cases,
  differing: differences,
});
