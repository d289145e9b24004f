/** What an auditor takes away: one file that can be checked on a machine of the auditor's own. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../kernel/package-root.js';
import type { Signer } from '../log/signer.js';
import type { Evidence } from './evidence.js';
import { zip, type ZipFile } from './zip.js';

export interface Diagram {
  readonly key: string;
  readonly version: number;
  readonly xml: string;
}

/** @param title whose trail it is, for the reader */
export async function bundle(
  title: string,
  evidence: Evidence,
  diagrams: readonly Diagram[],
  signer: Pick<Signer, 'vkey'>,
): Promise<Buffer> {
  const text = (name: string, content: string): ZipFile => ({ name, data: Buffer.from(content, 'utf8') });
  const { entries, manifest, earlier, second } = evidence;
  const lines = entries.flatMap(({ body }) => [body, Buffer.from('\n')]);
  return zip([
    text(
      'README.txt',
      readme(title, entries.length, [signer.vkey, ...(second ? [second.checkpoint.vkey] : [])]),
    ),
    text('policy', policyOf(evidence, signer.vkey)),
    text('checkpoint', evidence.note),
    { name: 'entries.jsonl', data: Buffer.concat(lines) },
    ...entries.map(({ index, proof }) => text(`proofs/${index}.tlog-proof`, proof)),
    ...(manifest
      ? [
          { name: 'manifest.json', data: manifest.body },
          text('manifest.tlog-proof', manifest.proof),
          text('manifest-streams.jsonl', manifest.streams.map((line) => `${line}\n`).join('')),
        ]
      : []),
    ...(second
      ? [
          text('sm/checkpoint', second.checkpoint.note),
          ...entries.map(({ index }, at) => text(`sm/proofs/${index}.tlog-proof`, second.proofs[at] ?? '')),
        ]
      : []),
    ...earlier.map(({ size, note }) => text(`witnessed/${size}.note`, note)),
    ...diagrams.map(({ key, version, xml }) => text(`processes/${key}-${version}.bpmn`, xml)),
    ...(await verifierFiles()),
  ]);
}

/**
 * The keys that the bundle's checkpoints bear, and no other. All who have co-signed the checkpoint are asked for: no
 * line can be taken away. Whom to trust is for the auditor's own policy to say.
 */
function policyOf({ checkpoint, witnesses, earlier, second }: Evidence, vkey: string): string {
  const logs = new Set([vkey, checkpoint.vkey, ...earlier.map((one) => one.vkey)]);
  const known = new Set([...witnesses, ...earlier.flatMap((one) => one.witnesses)]);
  const nameOf = (witness: string): string => witness.slice(0, witness.indexOf('+'));
  const lines = [
    ...[...logs, ...(second ? [second.checkpoint.vkey] : [])].map((log) => `log ${log}`),
    ...[...known].map((witness) => `witness ${nameOf(witness)} ${witness}`),
    ...(witnesses.length > 0 ? [`group cosigned all ${witnesses.map(nameOf).join(' ')}`] : []),
    `quorum ${witnesses.length > 0 ? 'cosigned' : 'none'}`,
  ];
  return `${lines.join('\n')}\n`;
}

async function verifierFiles(): Promise<ZipFile[]> {
  const folder = join(packageRoot, 'verifier');
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.mjs') && !name.endsWith('.d.mts'))
    .sort();
  return Promise.all(
    names.map(async (name) => ({ name: `verifier/${name}`, data: await readFile(join(folder, name)) })),
  );
}

const readme = (
  title: string,
  count: number,
  vkeys: readonly string[],
): string => `12345 市民服务热线 审计轨迹

内容:${title},轨迹条目 ${count} 条,连同所用流程图的部署记录。

怎样核验(需要 Node.js 20 以上,不需要联网,不需要安装别的东西):
  node verifier/verify.mjs 本文件.zip
  node verifier/verify.mjs 本文件.zip --policy 自己保存的公钥文件

核验程序最好用自己另外取得的那一份,不用包里的;公钥也是:包里的公钥只说明包内一致,
与自己保存的公钥核对过,才说明不是整本另造。本包写明的公钥:
${vkeys.map((vkey) => `  ${vkey}`).join('\n')}

entries.jsonl          条目的原始字节,一行一条,按全库的次序
proofs/序号.tlog-proof 每一条在全库哈希树中的证明(C2SP tlog-proof)
checkpoint             系统对哈希树的签名(C2SP checkpoint),有见证的连同见证人的联署
manifest.json          最近一份每日清单,manifest.tlog-proof 是它的证明,
                       manifest-streams.jsonl 证明各链在清单里有几条:链尾没有被截去
sm/                    国密:同样的条目在第二棵树(SM3)中的证明,和以 SM2 签名的检查点(启用了的才有)
witnessed/             此前经见证的检查点:条目不能自称早于它们
policy                 公钥(C2SP tlog-policy)
processes/             当时运行的流程图,条目里记有它们的 SHA-256
verifier/              核验程序

能核验的:每一条都是原样记下的;链内没有少一条、换一条、挪一条;到最近一份清单为止链尾完整;流程图是当时的那一份。
不能核验的:清单之后的链尾是否完整(等下一份清单,或与下一次导出、见证人的记录比对);
入树之前就被删去的最后一条(同一条链的下一条才会暴露它)。
`;
