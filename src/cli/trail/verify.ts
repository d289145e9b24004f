import { readFile } from 'node:fs/promises';
import { attacks, readWitnesses, verifyTrail } from '../../accountability/index.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Answer } from '../frame/chinese-command.js';
import { counting } from '../frame/counting.js';
import { withSystem } from '../frame/with-system.js';

export interface VerifyOptions {
  readonly note: readonly string[];
}

/** The same exit codes as the independent verifier. */
const exitCodes = { genuine: 0, 'not-genuine': 1, damaged: 3, unused: 3 } as const;

/** Verifies all chains and the tree in the database. */
export async function verify({ note }: VerifyOptions): Promise<Answer> {
  const kept = await Promise.all(note.map(noteIn));
  const witnesses = (await readWitnesses()).map(({ vkey }) => vkey);
  const { holds, verdict, facts, findings, ...counts } = await withSystem(
    'trail verify',
    (system) =>
      counting(
        (rows) => `已读 ${rows} 行`,
        (onProgress) => verifyTrail({ ...system, kept, witnesses, onProgress }),
      ),
    { existing: true },
  );
  process.exitCode = exitCodes[verdict.state];
  const said = findings.map((one) => ({ ...one, name: attacks[one.attack] }));
  const words = [
    ...facts,
    '',
    ...verdict.sentences,
    ...said.map(({ name, detail }) => `【${name}】${detail}`),
    `结论：${verdict.conclusion}`,
    ...verdict.next.map((step) => `下一步：${step}`),
  ].join('\n');
  return { data: { holds, verdict, facts, findings: said, ...counts }, words };
}

/** @throws {Refusal} `file.unreadable` */
export const noteIn = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: Error) => {
    throw new Refusal('file.unreadable', `${file} 读不了：${cause.message}`, { remedy: '核对路径', cause });
  });
