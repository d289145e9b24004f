/**
 * The audit bundle: one file that an auditor verifies on their own machine. It is written as a
 * stream; only the places of the entries are held in memory.
 */
import { readdir, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../kernel/package-root.js';
import { decisionsOf, processOf } from '../events/index.js';
import { parsed, parseEntry } from '../events/read-entry.js';
import {
  bodiesAt,
  definitionStreams,
  lastNumbers,
  placesOf,
  type EntryPlace,
} from '../store/evidence-store.js';
import { caseFiles } from './case-files.js';
import {
  manifestOf,
  proofsOf,
  secondProofsOf,
  seenBefore,
  type EvidenceDeps,
  type Signed,
} from './evidence.js';
import { policyOf } from './policy.js';
import { zipWriter } from './zip-writer.js';
import { serviceTitle, type Law } from '../../kernel/law.js';

interface Diagram {
  readonly key: string;
  readonly version: number;
}

export interface BundleOrder {
  /** Shown to the reader. */
  readonly title: string;
  /** One line each: who requested it, who made it, for what purpose, and when. */
  readonly about: readonly string[];
  /** Names of the streams; each is included whole, up to the checkpoint. */
  readonly streams: readonly string[];
  readonly signed: Signed;
  /** XML of a version of a process; undefined if missing. */
  readonly diagramOf: (diagram: Diagram) => Promise<string | undefined>;
  /** Files of the regulation and the policies by name; an entry proves each file. */
  readonly regulation: ReadonlyMap<string, Buffer>;
  /** Called with the number of entries whose proofs were added. */
  readonly onEntries: (count: number) => Promise<void>;
}

/**
 * Streams in every bundle: decisions and days off with the time they took effect, and the
 * succession of signing keys.
 */
const always = ['policies', 'calendar', 'regulation', 'keys'];
/** Bodies per read. */
const pageLength = 1000;

/** @throws {Refusal} `export.too-large` beyond the limits of a ZIP file */
export async function writeBundle(
  deps: EvidenceDeps,
  { title, about, streams, signed, diagramOf, regulation, onEntries }: BundleOrder,
  file: FileHandle,
): Promise<void> {
  const { database, laws, signer } = deps;
  const places = await database.transaction(async (transaction) => {
    const all = new Set([...streams, ...(await definitionStreams(transaction)), ...always]);
    return placesOf(transaction, [...all], signed.checkpoint.size);
  });
  // This is read at once, because the next export or the night may write a manifest younger than
  // this checkpoint.
  const manifest = await manifestOf(database, signed, [...new Set(places.map(({ stream }) => stream))]);
  const zip = zipWriter(file);
  const found: number[] = [];
  const present = new Set<string>();
  const diagrams = new Map<string, Diagram>();
  const ofCases = caseFiles();
  const lines = async function* (): AsyncGenerator<Buffer> {
    for (let first = 0; first < places.length; first += pageLength) {
      const page = places.slice(first, first + pageLength);
      const entries = await database.transaction((transaction) => bodiesAt(transaction, page));
      for (const row of entries) {
        const { index, stream, body } = row;
        found.push(index);
        present.add(stream);
        // Bytes are written as stored, even if altered: the verifier names the alteration.
        const entry = parseEntry(row, parsed(body.toString('utf8')));
        if (entry.type !== 'unread') ofCases.add(entry);
        const ran = processOf(entry);
        if (ran)
          diagrams.set(`${ran.process}-${ran.version}.bpmn`, { key: ran.process, version: ran.version });
        for (const { decision, version } of decisionsOf(entry))
          diagrams.set(`${decision}-${version}.dmn`, { key: decision, version });
        yield body;
        yield newline;
      }
    }
  };
  await zip.add('entries.jsonl', lines());
  for await (const proofs of proofsOf(database, signed, found)) {
    for (const { index, proof } of proofs) await zip.add(`proofs/${index}.tlog-proof`, proof);
    await onEntries(proofs.length);
  }
  if (manifest) {
    await zip.add('manifest.json', manifest.body);
    await zip.add('manifest.tlog-proof', manifest.proof);
    const claims = [...manifest.streams].filter(([stream]) => present.has(stream));
    await zip.add('manifest-streams.jsonl', claims.map(([, line]) => `${line}\n`).join(''));
  }
  const { second } = signed;
  if (second) {
    await zip.add('sm/checkpoint', second.note);
    for await (const proofs of secondProofsOf(database, second, found))
      for (const { index, proof } of proofs) await zip.add(`sm/proofs/${index}.tlog-proof`, proof);
  }
  const earlier = await seenBefore(database, found);
  for (const { size, note } of earlier) await zip.add(`witnessed/${size}.note`, note);
  if (ofCases.streams().length > 0) {
    const heads = await database.transaction((transaction) => lastNumbers(transaction, ofCases.streams()));
    await zip.add('case-files.jsonl', ofCases.lines(thereOf(places, found), heads));
  }
  await zip.add(
    'README.txt',
    readme(title, about, found.length, [signer.vkey, ...(second ? [second.vkey] : [])], laws.today()),
  );
  await zip.add('policy', policyOf(signed, earlier, signer.vkey));
  await zip.add('checkpoint', signed.note);
  for (const [name, diagram] of [...diagrams].sort()) {
    const xml = await diagramOf(diagram);
    if (xml !== undefined) await zip.add(`processes/${name}`, xml);
  }
  for (const [name, content] of regulation) await zip.add(`regulation/${name}`, content);
  for (const [name, content] of await verifierFiles()) await zip.add(`verifier/${name}`, content);
  await zip.end();
}

const newline = Buffer.from('\n');

/** Those of the places whose entry exists; both lists ascend. */
function thereOf(places: readonly EntryPlace[], found: readonly number[]): EntryPlace[] {
  let at = 0;
  return places.filter(({ index }) => {
    const isThere = found[at] === index;
    if (isThere) at += 1;
    return isThere;
  });
}

async function verifierFiles(): Promise<(readonly [name: string, content: Buffer])[]> {
  const folder = join(packageRoot, 'verifier');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mjs')).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name))] as const),
  );
  const page = await verifierPage();
  return page ? [...files, ['verify.html', page]] : files;
}

/** The verifier's page, built from the same files; undefined where sources run without a build. */
async function verifierPage(): Promise<Buffer | undefined> {
  try {
    return await readFile(join(packageRoot, 'dist', 'verifier', 'verify.html'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const readme = (
  title: string,
  about: readonly string[],
  count: number,
  vkeys: readonly string[],
  law: Law,
): string => `${serviceTitle(law)} 审计轨迹

内容：${title}，轨迹条目 ${count} 条，连同流程图的部署、政策和放假安排的记录。
${about.map((line) => `${line}\n`).join('')}
怎样核验（不需要联网，不需要安装别的东西）：
  解开本文件，用浏览器打开其中的 verifier/verify.html，把本文件拖进去；
  或者（需要 Node.js 20 以上）解开本文件到一个空文件夹，在其中执行
  node verifier/verify.mjs 本文件.zip
  node verifier/verify.mjs 本文件.zip --policy 自己保存的公钥文件

结论有三句：
  真不真  真：包里的每一条都是当时记下的。不真：写明查出了什么。判断不了：文件损坏，向导出的人再要一份。
  全不全  到全库第几条、哪一天为止没有少一条；其后的还没有凭据的，写明有几条。
  谁作证  除了系统自己的签名，还有没有外面的人见证到第几条。没有的，整本重写过也看不出来：
          向见证人、上次审计的档案、以前印在纸上的根比对。
然后写着下一步做什么。

核验程序最好用自己另外取得的那一份，不用包里的；公钥也是：包里的公钥只说明包内一致，
与自己保存的公钥核对过，才说明不是整本另造。本包写明的公钥：
${vkeys.map((vkey) => `  ${vkey}`).join('\n')}

entries.jsonl          条目的原始字节，一行一条，按全库的次序
proofs/序号.tlog-proof 每一条在全库哈希树中的证明（C2SP tlog-proof）
checkpoint             系统对哈希树的签名（C2SP checkpoint），有见证的连同见证人的联署
manifest.json          最近一份每日清单，manifest.tlog-proof 是它的证明，
                       manifest-streams.jsonl 证明各链在清单里有几条：链尾没有被截去
sm/                    国密：同样的条目在第二棵树（SM3）中的证明，和以 SM2 签名的检查点（启用了的才有）
witnessed/             此前经见证的检查点：条目不能自称早于它们
case-files.jsonl       问责案卷的目录，一件一行：证据（督办的记录）、问责的经过各是第几条、证明在哪个文件，
                       导出时还没有证明的有几条（pending）；没有问责的没有这个文件
policy                 公钥（C2SP tlog-policy）
processes/             当时运行的流程图、所照的决策表（.dmn），条目里记有它们的 SHA-256
regulation/            导出时所带的法规、政策数据，条目里记有它们的 SHA-256;
                       政策何时改过、由谁批准，见条目（链 policies）
verifier/              核验程序

能核验的：每一条都是原样记下的；链内没有少一条、换一条、挪一条；到清单为止链尾完整；
写清单时系统记着而已经不见的、被越过的条目，全库不再接着先前的检查点，清单里写着，核验时点名；
流程图、法规和政策数据是当时的那一份。
不能核验的：清单之后的链尾是否完整（等下一份清单，或与下一次导出、见证人的记录比对）；
入树之前就被删去、谁也没有记着的最后一条（同一条链的下一条才会暴露它）。
`;
