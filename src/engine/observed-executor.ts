/** Measures every transaction of the engine. */
import { performance } from 'node:perf_hooks';
import { spanning, type Metrics } from '../platform/telemetry/index.js';
import type { Executor } from './executor.js';

export function observedExecutor(executor: Executor, metrics: Metrics): Executor {
  const timed = async <Answer>(kind: 'act' | 'fire', work: () => Promise<Answer>): Promise<Answer> => {
    const started = performance.now();
    let outcome: 'ok' | 'failed' = 'failed';
    try {
      const answer = await spanning(`engine ${kind}`, work);
      outcome = 'ok';
      return answer;
    } finally {
      metrics.step(kind, outcome, (performance.now() - started) / 1000);
    }
  };
  return {
    execute: (commands) => timed('act', () => executor.execute(commands)),
    executeIn: (transaction, commands) => timed('act', () => executor.executeIn(transaction, commands)),
    preview: (commands) => executor.preview(commands),
    spreadSignal: (limit) => timed('act', () => executor.spreadSignal(limit)),
    startDue: (limit) => timed('fire', () => executor.startDue(limit)),
    fireDue: async (limit) => {
      const cases = await timed('fire', () => executor.fireDue(limit));
      metrics.fired(cases);
      return cases;
    },
  };
}
