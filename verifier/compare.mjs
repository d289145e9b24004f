/** Compares two checkpoints: is the newer one a continuation of the older? */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { signedBy, vouchersOf } from './bundle.mjs';
import { Finding } from './finding.mjs';
import { equal, leafHashOf } from './merkle.mjs';
import { openCheckpoint } from './note.mjs';
import { readPolicy } from './policy.mjs';
import { withPredecessors, withRotatedKeys } from './rotation.mjs';
import { linesOf } from './lines.mjs';
import { growingRoots, signposts } from './log.mjs';

/**
 * @param {string} oldFile the kept checkpoint @param {string} newFile the current one; its folder holds `policy` and, if
 * the sizes differ, `entries.jsonl` of the log, unless given in the options
 * @param {{ policy?: string | undefined, log?: string | undefined }} options
 */
export function compareNotes(oldFile, newFile, { policy, log }) {
  const folder = log ?? dirname(newFile);
  const file = join(folder, 'entries.jsonl');
  const entries = existsSync(file) ? file : undefined;
  const trusted = readPolicy(policy ?? policyIn(folder));
  const signs = entries ? signposts(entries) : [];
  const keys = withRotatedKeys({ ...trusted, quorum: 'none' }, signs);
  const older = openCheckpoint(readFileSync(oldFile, 'utf8'), withPredecessors(keys, signs));
  const newer = openCheckpoint(readFileSync(newFile, 'utf8'), keys);
  const facts = [
    `旧检查点 ${older.size} 条，${signedBy(older.cosignatures)}`,
    `新检查点 ${newer.size} 条，${signedBy(newer.cosignatures)}`,
  ];
  const seen = {
    what: `早先签过的 ${older.size} 条`,
    listed: undefined,
    vouchers: policy === undefined ? [] : vouchersOf([older, newer]),
    ownKeys: policy !== undefined,
    size: newer.size,
    older: older.size,
  };
  return { facts, findings: differences(older, newer, entries), seen };
}

/** @throws {Finding} `usage` */
function policyIn(folder) {
  const file = join(folder, 'policy');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new Finding(
    'usage',
    `不知道该认谁的签名：${folder} 里没有公钥文件（policy）。用 --policy 指明自己保存的公钥文件，或者用 --log 指明 hotline trail log 写出的文件夹`,
  );
}

function differences(older, newer, entries) {
  if (older.origin !== newer.origin)
    return [new Finding('key-swapped', `不是同一个轨迹：${older.origin}，${newer.origin}`)];
  if (older.size === newer.size)
    return equal(older.root, newer.root)
      ? []
      : [new Finding('two-histories', `都是 ${older.size} 条，根却不同`)];
  if (newer.size < older.size)
    return [
      new Finding(
        'replayed',
        `所给的检查点只有 ${newer.size} 条，早先已签到 ${older.size} 条：旧的冒充新的，或截去了尾部`,
      ),
    ];
  if (!entries)
    return [
      new Finding('unproved', '两个检查点大小不同，须有全库的 entries.jsonl 才能证明前后一致（--log）'),
    ];
  const roots = growingRoots([older.size, newer.size]);
  let count = 0;
  for (const line of linesOf(entries)) {
    roots.add(leafHashOf(line));
    count += 1;
  }
  if (count < newer.size) return [new Finding('log-cut', `新检查点签了 ${newer.size} 条，只有 ${count} 条`)];
  if (!equal(roots.at(newer.size), newer.root))
    return [new Finding('rewritten', '所给的条目不是新检查点所签的')];
  return equal(roots.at(older.size), older.root)
    ? []
    : [
        new Finding(
          'rewritten',
          `前 ${older.size} 条已不是旧检查点所签的：历史被重写后再签了名（签名的密钥可能已被盗用）`,
        ),
      ];
}
