/** The operator's witnesses (C2SP tlog-policy): keys, addresses, quorum. */
import { readFile } from 'node:fs/promises';
import { Refusal } from '../../kernel/index.js';
import { parseKey, type PublicKey } from '../log/vkey.js';

export interface Witness extends PublicKey {
  /** Submission prefix of the witness's HTTP service; undefined if files are exchanged instead. */
  readonly url: string | undefined;
}

/** Reads the policy file in `HOTLINE_TRAIL_WITNESSES`; without it there are no witnesses. */
export async function readWitnesses(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly Witness[]> {
  const file = environment['HOTLINE_TRAIL_WITNESSES']?.trim();
  if (!file) return [];
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Refusal('usage.invalid', `见证人文件 ${file} 读不了：${cause.message}`, {
      remedy: '核对 HOTLINE_TRAIL_WITNESSES 和文件的权限',
      cause,
    });
  });
  return parseWitnesses(text, file);
}

/** Only `witness` lines are used here; the quorum concerns verifiers. */
export function parseWitnesses(text: string, file: string): readonly Witness[] {
  const witnesses: Witness[] = [];
  text.split('\n').forEach((line, index) => {
    const [kind, , vkey = '', url] = line.trim().split(/[ \t]+/);
    if (kind !== 'witness') return;
    const key = parseKey(vkey, 'cosignature');
    const where = `${file} 第 ${index + 1} 行`;
    if (!key) throw invalid(where, '不是见证人的公钥（名称+编号+base64）');
    if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
      throw invalid(where, `${url} 不是 http(s) 地址`);
    if (witnesses.some((other) => other.key.equals(key.key))) throw invalid(where, '同一把公钥写了两次');
    witnesses.push({ ...key, url: url?.replace(/\/$/, '') });
  });
  return witnesses;
}

const invalid = (where: string, what: string): Refusal =>
  new Refusal('usage.invalid', `见证人文件有误：${what}`, {
    where,
    remedy:
      '一行一人：witness 名称 公钥 [地址]，例如 witness 数据局 witness.example/w1+… https://witness.example',
  });
