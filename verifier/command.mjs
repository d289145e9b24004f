/** The command line and its verdict. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { verifyBundle } from './bundle.mjs';
import { compareNotes } from './compare.mjs';
import { attacks, Finding } from './finding.mjs';
import { verifyLog } from './log.mjs';

const usage = `用法:
  node verifier/verify.mjs 审计包.zip [--policy 公钥文件] [--json]
  node verifier/verify.mjs log 目录 [--policy 公钥文件] [--json]
  node verifier/verify.mjs compare 旧检查点 新检查点 [--log 目录] [--policy 公钥文件] [--json]`;

/** @param {string[]} parameters @returns {number} exit code: 0 only if everything holds */
export function main(parameters) {
  let asJson = parameters.includes('--json');
  const { facts, findings } = attempt(() => {
    const { values, positionals } = parseArgs({
      args: parameters,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, policy: { type: 'string' }, log: { type: 'string' } },
    });
    asJson = values.json ?? false;
    const policy = values.policy === undefined ? undefined : readFileSync(values.policy, 'utf8');
    const [first, ...rest] = positionals;
    if (first === 'log' && rest.length === 1) return verifyLog(rest[0], policy);
    if (first === 'compare' && rest.length === 2)
      return compareNotes(rest[0], rest[1], { policy, log: values.log });
    if (first !== undefined && rest.length === 0) return verifyBundle(readFileSync(first), policy);
    throw new Finding('usage', usage);
  });
  const holds = findings.length === 0;
  const said = findings.map(({ attack, message }) => ({ attack, name: attacks[attack], detail: message }));
  if (asJson) process.stdout.write(`${JSON.stringify({ holds, facts, findings: said })}\n`);
  else {
    const lines = [...facts, holds ? '结论:全部成立' : '结论:不成立'];
    process.stdout.write(
      [...lines, ...said.map(({ name, detail }) => `【${name}】${detail}`), ''].join('\n'),
    );
  }
  return holds ? 0 : findings.some(({ attack }) => attack === 'usage') ? 2 : 1;
}

/** Anything unreadable counts as not holding. */
function attempt(check) {
  try {
    return check();
  } catch (error) {
    if (error instanceof Finding) return { facts: [], findings: [error] };
    if (String(error.code).startsWith('ERR_PARSE_ARGS'))
      return { facts: [], findings: [new Finding('usage', usage)] };
    return { facts: [], findings: [new Finding('damaged', `读不了:${error.message}`)] };
  }
}
