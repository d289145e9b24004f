/** The command line and its verdict. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { verifyFiles } from './bundle.mjs';
import { compareNotes } from './compare.mjs';
import { keptFacts } from './kept.mjs';
import { checked } from './check.mjs';
import { Finding } from './finding.mjs';
import { verifyLog } from './log.mjs';
import { verifyReceipt } from './receipt.mjs';
import { unzip } from './zip.mjs';

const usage = `用法：
  node verifier/verify.mjs 审计包.zip [--policy 公钥文件] [--kept 留存的检查点] [--strict] [--json]
  node verifier/verify.mjs log 目录 [--policy 公钥文件] [--strict] [--json]
  node verifier/verify.mjs receipt 回执文件 [--policy 公钥文件] [--no 工单编号 --words 原话的文件] [--json]
  node verifier/verify.mjs compare 旧检查点 新检查点 [--log 目录] [--policy 公钥文件] [--json]
退出码：0 成立；1 不成立；2 命令写错；3 判断不了（损坏），或者 --strict 而不全、没有外面的人作证`;

/** @param {string[]} parameters @returns {number} exit code: 0 only if everything holds */
export function main(parameters) {
  let asJson = parameters.includes('--json');
  let isStrict = false;
  const { holds, verdict, facts, findings } = checked(() => {
    const text = { type: 'string' };
    const flag = { type: 'boolean' };
    const options = { json: flag, strict: flag, policy: text, log: text, kept: text, no: text, words: text };
    const { values, positionals } = readArguments({ args: parameters, allowPositionals: true, options });
    asJson = values.json ?? false;
    isStrict = values.strict ?? false;
    const policy = values.policy === undefined ? undefined : readFileSync(values.policy, 'utf8');
    const [first, ...rest] = positionals;
    if (first === 'log' && rest.length === 1) return verifyLog(rest[0], policy);
    if (first === 'receipt' && rest.length === 1) {
      const words = values.words === undefined ? undefined : readFileSync(values.words, 'utf8');
      return verifyReceipt(readFileSync(rest[0]), { policy, words, no: values.no });
    }
    if (first === 'compare' && rest.length === 2)
      return compareNotes(rest[0], rest[1], { policy, log: values.log });
    if (first !== undefined && rest.length === 0) return bundle(readFileSync(first), policy, values.kept);
    throw new Finding('usage', usage);
  });
  const lines = [
    ...facts,
    ...(verdict ? ['', ...verdict.sentences] : []),
    ...findings.map(({ name, detail }) => `【${name}】${detail}`),
    ...(verdict ? [`结论：${verdict.conclusion}`, ...verdict.next.map((step) => `下一步：${step}`)] : []),
  ];
  process.stdout.write(
    asJson ? `${JSON.stringify({ holds, verdict, facts, findings })}\n` : `${lines.join('\n')}\n`,
  );
  return verdict ? exitCode(verdict, isStrict) : 2;
}

function exitCode({ state, complete, vouched }, isStrict) {
  if (state !== 'genuine') return state === 'damaged' ? 3 : 1;
  return isStrict && !(complete && vouched) ? 3 : 0;
}

function bundle(bytes, policy, kept) {
  const files = unzip(bytes);
  const result = verifyFiles(files, policy);
  return kept === undefined ? result : keptFacts(result, files, readFileSync(kept, 'utf8'), policy);
}

/** @throws {Finding} `usage` */
function readArguments(given) {
  try {
    return parseArgs(given);
  } catch {
    throw new Finding('usage', usage);
  }
}
