/** Changes to the vectors' bundles, as by an attacker who repacks the bundle. */
import { flip } from '../tamper.js';
import { leafHash } from '../../../src/accountability/trail/chain.js';
import { unzip, zip } from '../../../verifier/verify.mjs';
import type { Story } from './story.js';

type Change = (files: Map<string, Buffer>) => unknown;

const textOf = (files: ReadonlyMap<string, Buffer>, name: string): string => {
  const file = files.get(name);
  if (!file) throw new Error(`no ${name}`);
  return file.toString();
};

/** @throws if the text is missing, because a change without effect is no vector */
const replace =
  (name: string, from: string, to: string): Change =>
  (files) => {
    const text = textOf(files, name);
    if (!text.includes(from)) throw new Error(`no ${from} in ${name}`);
    files.set(name, Buffer.from(text.replace(from, to)));
  };
const remove =
  (name: string): Change =>
  (files) => {
    if (!files.delete(name)) throw new Error(`no ${name}`);
  };
const add =
  (name: string, text: string): Change =>
  (files) =>
    files.set(name, Buffer.from(text));

/** Applies to every file, because the checkpoint ends each proof. */
const everywhere =
  (from: string, to: string): Change =>
  (files) => {
    for (const [name, data] of files) files.set(name, Buffer.from(data.toString().replaceAll(from, to)));
  };

const lines =
  (change: (all: string[]) => readonly string[]): Change =>
  (files) => {
    const all = textOf(files, 'entries.jsonl').trimEnd().split('\n');
    files.set(
      'entries.jsonl',
      Buffer.from(
        change(all)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
  };
const proof = (index: number): string => `proofs/${index}.tlog-proof`;
const matter = '"stream":"2026-0001"';

/** The second entry of the matter changed, and the chain after it made anew. */
const rechain: Change = lines((all) => {
  let prev: string | undefined;
  return all.map((line) => {
    if (!line.includes(matter)) return line;
    const text = line
      .replace('Task_Find', 'Task_Hear')
      .replace(/"prev":"[0-9a-f]+"/, (same) => (prev === undefined ? same : `"prev":"${prev}"`));
    prev = leafHash(Buffer.from(text)).toString('hex');
    return text;
  });
});

/** Places in the tree: 0 and 1 rules, 2 and 3 the matter, 4 the rotation, 5 a late entry of the matter, 6 the manifest, 7 another matter. */
const changes: { readonly [name: string]: readonly Change[] } = {
  edited: [replace('entries.jsonl', 'Task_Find', 'Task_Hear')],
  rechained: [rechain],
  deleted: [lines((all) => all.filter((line) => !line.includes('Task_Find'))), remove(proof(3))],
  reordered: [
    lines((all) => {
      const [one, two] = [2, 3].map((at) => all[at] ?? '');
      return all.map((line, at) => (at === 2 ? two : at === 3 ? one : line) ?? line);
    }),
  ],
  'cut-at-the-end': [lines((all) => all.filter((line) => !line.includes('Task_Deliver'))), remove(proof(5))],
  'a-proof-missing': [remove(proof(7))],
  'checkpoint-of-another-size': [everywhere('test.example/trail\n8\n', 'test.example/trail\n7\n')],
  'cosignature-taken-away': [
    (files) => {
      const [line = ''] = textOf(files, 'checkpoint').match(/— witness[^\n]*\n/) ?? [];
      everywhere(line, '')(files);
    },
  ],
  'manifest-of-another-size': [replace('manifest.json', '"size":6', '"size":5')],
  'denies-a-chain': [
    (files) => {
      const claims = textOf(files, 'manifest-streams.jsonl');
      const changed = claims.replace(/\{"stream":"2026-0001"[^\n]*/, (line) =>
        JSON.stringify({ stream: '2026-0001', length: 0, after: JSON.parse(line) as unknown }),
      );
      files.set('manifest-streams.jsonl', Buffer.from(changed));
    },
  ],
  'another-diagram': [replace('processes/accountability-1.bpmn', 'process', 'Process')],
  'another-regulation': [replace('regulation/catalogue-1.json', 'example', 'exampel')],
  'case-file-without-evidence': [
    replace('case-files.jsonl', '"evidence":[{"seq":1,"proof":"proofs/2.tlog-proof"}]', '"evidence":[]'),
  ],
  'a-stranger': [add('note.txt', '')],
  'rotation-without-the-old-signature': [replace('entries.jsonl', '"signedByOld":"', '"signedByOld":"AAAA')],
};

const packed = (bundle: Buffer, ...done: readonly Change[]): Buffer => {
  const files = unzip(bundle);
  for (const change of done) change(files);
  return zip(files);
};

/** Broken bundles by name. */
export function brokenBundles({ holds, inserted, unaccounted, withSm }: Story): ReadonlyMap<string, Buffer> {
  return new Map([
    ...Object.entries(changes).map(([name, done]) => [name, packed(holds, ...done)] as const),
    ['one-bit-of-the-container', flip(holds, 8 * 12 + 1)],
    ['inserted', inserted],
    ['head-put-back', unaccounted],
    ['sm-without-checkpoint', packed(withSm, remove('sm/checkpoint'))],
    ['sm-with-proofs-of-the-first-tree', packed(withSm, proofsOfTheFirst)],
  ]);
}

/** Hashes of the first tree under the checkpoint of the second one. */
const proofsOfTheFirst: Change = (files) => {
  const note = textOf(files, 'sm/checkpoint');
  for (const name of files.keys())
    if (name.startsWith('sm/proofs/')) {
      const [hashes = ''] = textOf(files, name.slice(3)).split('\n\n');
      files.set(name, Buffer.from(`${hashes}\n\n${note}`));
    }
};
