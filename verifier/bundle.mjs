/** A bundle: entries of some streams, each with its proof, one checkpoint over all. */
import { Buffer } from 'node:buffer';
import { chainFindings, readEntries } from './entries.mjs';
import { Finding } from './finding.mjs';
import { sha256, verifyInclusion } from './merkle.mjs';
import { openCheckpoint, readPolicy } from './note.mjs';
import { unzip } from './zip.mjs';

/**
 * @param {Buffer} bytes the file @param {string | undefined} ownPolicy the auditor's own, in place of the bundle's
 * @returns {{ facts: string[], findings: Finding[] }} nothing found: all holds
 */
export function verifyBundle(bytes, ownPolicy) {
  const files = unzip(bytes);
  const text = (name) => {
    const file = files.get(name);
    if (!file) throw new Finding('damaged', `包里没有 ${name}`);
    return file.toString('utf8');
  };
  const keys = readPolicy(ownPolicy ?? text('policy'));
  const note = text('checkpoint');
  const checkpoint = openCheckpoint(note, keys);
  text('entries.jsonl');
  const entries = readEntries(files.get('entries.jsonl'));
  const proofs = [...files]
    .filter(([name]) => name.startsWith('proofs/'))
    .map(([name, file]) => readProof(name, file.toString('utf8'), note));
  const findings = [
    ...entryFindings(entries, proofs, checkpoint),
    ...diagramFindings(entries, files),
    ...strangers(files),
  ];
  const facts = [
    `检查点:${checkpoint.origin},全库 ${checkpoint.size} 条,已签名,没有见证人联署`,
    `条目 ${entries.length} 条,链 ${new Set(entries.map(({ body }) => body.stream)).size} 条`,
    ownPolicy === undefined
      ? '公钥取自包内,没有与自己保存的核对:只说明包内一致(--policy 指定自己的)'
      : '公钥是核验人自己的',
  ];
  return { facts, findings };
}

function readProof(name, text, note) {
  const [, digits, hashes, rest] =
    /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9]\d*)\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([^]*)$/.exec(text) ?? [];
  if (digits === undefined || name !== `proofs/${digits}.tlog-proof`)
    throw new Finding('damaged', `${name} 的格式不对`);
  if (rest !== note) throw new Finding('damaged', `${name} 里的检查点与包里的不是同一个`);
  const lines = hashes.split('\n').slice(0, -1);
  const proof = lines.map((line) => Buffer.from(line, 'base64'));
  if (proof.some((hash, at) => hash.toString('base64') !== lines[at]))
    throw new Finding('damaged', `${name} 的格式不对`);
  return { index: Number(digits), proof };
}

function entryFindings(entries, proofs, { size, root }) {
  if (proofs.length !== entries.length) {
    const [attack, what] = proofs.length > entries.length ? ['deleted', '多'] : ['unproved', '少'];
    return [new Finding(attack, `条目 ${entries.length} 条,证明 ${proofs.length} 份:证明${what}了`)];
  }
  const chain = chainFindings(entries);
  const isProved = ({ leaf }, { index, proof }) =>
    verifyInclusion({ index, size, leafHash: leaf, proof, root });
  const findings = [];
  entries.forEach((entry, at) => {
    const broken = chain.get(at);
    const rises = at === 0 || proofs[at - 1].index < proofs[at].index;
    if (isProved(entry, proofs[at])) {
      if (broken) findings.push(broken);
      if (!rises) findings.push(new Finding('reordered', `${entry.name}在全库中的位置不在前一条之后`));
      return;
    }
    const elsewhere = proofs.find((proof) => isProved(entry, proof));
    const next = entries.findIndex(
      ({ body }) => body.stream === entry.body.stream && body.seq === entry.body.seq + 1,
    );
    if (elsewhere) findings.push(new Finding('reordered', `${entry.name}的位置被调换`));
    else if (broken?.attack === 'deleted') findings.push(broken);
    else if (next >= 0 && !chain.has(next) && !isProved(entries[next], proofs[next]))
      findings.push(new Finding('rechained', `${entry.name}不是当时入树的内容,其后的链随之重算`));
    else findings.push(new Finding('edited', `${entry.name}不是当时入树的内容`));
  });
  return findings;
}

function diagramFindings(entries, files) {
  const findings = [];
  const deployed = new Map();
  const ran = new Set();
  for (const { body } of entries) {
    if (body.type === 'definition.deployed') deployed.set(`${body.key}-${body.version}`, body.sha256);
    else if (body.process !== undefined) ran.add(`${body.process}-${body.version}`);
  }
  for (const name of ran) {
    const file = files.get(`processes/${name}.bpmn`);
    if (!file) findings.push(new Finding('diagram-changed', `缺流程图 ${name}.bpmn`));
    else if (!deployed.has(name)) findings.push(new Finding('unproved', `没有流程图 ${name} 的部署记录`));
    else if (Buffer.from(sha256(file)).toString('hex') !== deployed.get(name))
      findings.push(new Finding('diagram-changed', `${name}.bpmn 与部署时记录的 SHA-256 不符`));
  }
  for (const name of files.keys()) {
    const [, diagram] = /^processes\/(.*)\.bpmn$/.exec(name) ?? [];
    if (diagram !== undefined && !ran.has(diagram))
      findings.push(new Finding('damaged', `多出流程图 ${diagram}`));
  }
  return findings;
}

const known =
  /^(README\.txt|policy|checkpoint|entries\.jsonl|proofs\/\d+\.tlog-proof|processes\/[^/]+\.bpmn|verifier\/[a-z-]+\.mjs)$/;

const strangers = (files) =>
  [...files.keys()]
    .filter((name) => !known.test(name))
    .map((name) => new Finding('damaged', `包里多出文件 ${name}`));
