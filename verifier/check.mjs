/** Runs a check and describes the result, in the same words on the command line and in the browser. */
import { attacks, Finding } from './finding.mjs';
import { verdictOf } from './verdict.mjs';

/**
 * Anything unreadable counts as invalid.
 *
 * @param {() => { facts: string[], findings: Finding[], seen?: import('./verdict.mjs').Seen, said?:
 * import('./verdict.mjs').Verdict }} check; `said` if it has a verdict of its own
 * @returns {{ holds: boolean, verdict: import('./verdict.mjs').Verdict | undefined, facts:
 * string[], findings: { attack: string, name: string, detail: string }[] }} no verdict if the check
 * was called wrongly
 */
export function checked(check) {
  const { facts, findings, seen, said } = attempt(check);
  const isUsage = findings.some(({ attack }) => attack === 'usage');
  return {
    holds: findings.length === 0,
    verdict: isUsage ? undefined : (said ?? verdictOf(findings, seen)),
    facts,
    findings: findings.map(({ attack, message }) => ({ attack, name: attacks[attack], detail: message })),
  };
}

function attempt(check) {
  try {
    return check();
  } catch (error) {
    if (error instanceof Finding) return { facts: [], findings: [error] };
    const what = error.code === 'ENOENT' ? `没有这个文件：${error.path}` : `读不了：${error.message}`;
    return { facts: [], findings: [new Finding('damaged', what)] };
  }
}
