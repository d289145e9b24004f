/** Compares a bundle with a checkpoint that the auditor kept. */
import { Finding } from './finding.mjs';
import { equal } from './merkle.mjs';
import { openCheckpoint, readNote } from './note.mjs';
import { readPolicy } from './policy.mjs';
import { withPredecessors, withRotatedKeys } from './rotation.mjs';
import { readEntries } from './entries.mjs';

/**
 * A bundle contains no proof that one tree continues another. It can only distinguish trees of the
 * same size, and a smaller one presented as the newest; otherwise the result says that the whole
 * log is needed.
 *
 * @template {{ facts: string[], findings: Finding[] }} Result
 * @param {Result} result of the bundle @param {Map<string, Buffer>} files @param {string} kept the
 * checkpoint
 * @param {string | undefined} policy the auditor's own keys @returns {Result}
 */
export function keptFacts(result, files, kept, policy) {
  const text = (name) => files.get(name).toString('utf8');
  const own = readPolicy(policy ?? text('policy'));
  const entries = readEntries(files.get('entries.jsonl'));
  const keys = withRotatedKeys({ ...own, quorum: 'none' }, entries);
  const older = openCheckpoint(kept, withPredecessors(keys, entries));
  const notes = [...files.keys()].filter((name) => name === 'checkpoint' || name.startsWith('witnessed/'));
  const now = readNote(text('checkpoint'));
  const same = notes.map((name) => readNote(text(name))).find(({ size }) => size === older.size);
  const finding = differs(older, now, same);
  const fact = same
    ? `留存的检查点（${older.size} 条）与包里同样大小的相同`
    : `留存的检查点（${older.size} 条）比包里的早：前后是不是连续，这份包证明不了，要用全库的文件夹 compare`;
  return finding
    ? { ...result, findings: [...result.findings, finding] }
    : { ...result, facts: [...result.facts, fact] };
}

function differs(older, now, same) {
  if (older.origin !== now.origin)
    return new Finding('key-swapped', `不是同一个轨迹：留存的是 ${older.origin}，包里的是 ${now.origin}`);
  if (same && !equal(same.root, older.root))
    return new Finding('two-histories', `留存的检查点和包里的都是 ${older.size} 条，根却不同`);
  return now.size < older.size
    ? new Finding(
        'replayed',
        `包里的检查点只有 ${now.size} 条，留存的已签到 ${older.size} 条：旧的冒充新的，或截去了尾部`,
      )
    : undefined;
}
