/** Verifies an audit bundle: entries with their proofs, one checkpoint over all. */
import { Buffer } from 'node:buffer';
import { caseFileFindings } from './case-files.mjs';
import { chainFindings, readEntries } from './entries.mjs';
import { Finding } from './finding.mjs';
import { lateFindings } from './late.mjs';
import { manifestFindings, readManifest, unaccountedFindings } from './manifest.mjs';
import { sha256, verifyInclusion } from './merkle.mjs';
import { openCheckpoint } from './note.mjs';
import { readPolicy } from './policy.mjs';
import { manifestProof, readProof } from './proof.mjs';
import { withPredecessors, withRotatedKeys } from './rotation.mjs';
import { secondTreeFindings } from './second-tree.mjs';
import { textOf, unzip } from './zip.mjs';

/**
 * @param {Buffer} bytes the file @param {string | undefined} ownPolicy the auditor's own, instead of the bundle's
 * @param {(part: number) => void} onProgress called with the part of the entries that has been checked
 * @returns {{ facts: string[], findings: Finding[], seen: import('./verdict.mjs').Seen }} without findings everything
 * holds as far as `seen` says
 */
export const verifyBundle = (bytes, ownPolicy, onProgress) =>
  verifyFiles(unzip(bytes), ownPolicy, onProgress);

/** The same of an opened one. @param {Map<string, Buffer>} files */
export function verifyFiles(files, ownPolicy, onProgress = () => undefined) {
  const text = (name) => {
    const file = files.get(name);
    if (!file) throw new Finding('damaged', `包里没有 ${name}`);
    return file.toString('utf8');
  };
  text('entries.jsonl');
  const entries = readEntries(files.get('entries.jsonl'));
  const note = text('checkpoint');
  // The bundle must satisfy its own policy; the auditor's policy decides whom to trust.
  const inside = readPolicy(text('policy'));
  if (inside.witnesses.some(({ label, name }) => label !== name))
    throw new Finding('damaged', 'policy 里见证人的名称与公钥的不同');
  const trusted = ownPolicy === undefined ? inside : withRotatedKeys(readPolicy(ownPolicy), entries);
  const checkpoint = openCheckpoint(note, inside, { strict: true });
  const { cosignatures } = trusted === inside ? checkpoint : openCheckpoint(note, trusted);
  const before = trusted === inside ? inside : withPredecessors(trusted, entries);
  const earlier = [...files]
    .filter(([name]) => name.startsWith('witnessed/'))
    .map(([name, file]) => readEarlier(name, file.toString('utf8'), inside, before));
  const proofs = [...files]
    .filter(([name]) => name.startsWith('proofs/'))
    .map(([name, file]) => readProof(name, textOf(file), note));
  const placed = entries.map((entry, at) => ({ ...entry, index: proofs[at]?.index ?? -1 }));
  const late = lateFindings(placed, earlier);
  const complete = completeness(files, placed, checkpoint, note);
  const cases = caseFileFindings(files, placed);
  const second = secondTreeFindings(files, placed, { inside, trusted });
  const findings = [
    ...entryFindings(entries, proofs, checkpoint, onProgress),
    ...second.findings,
    ...complete.findings,
    ...late.findings,
    ...cases.findings,
    ...diagramFindings(entries, files),
    ...regulationFindings(entries, files),
    ...strangers(files),
  ];
  const facts = [
    `检查点：${checkpoint.origin}，全库 ${checkpoint.size} 条，${signedBy(cosignatures)}`,
    `条目 ${entries.length} 条，链 ${new Set(entries.map(({ body }) => body.stream)).size} 条`,
    ...second.facts,
    ...cases.facts,
    ...(late.late > 0 ? [`补记 ${late.late} 条：自称的时刻早于此前的见证，写明了何时记下`] : []),
  ];
  const seen = {
    what: `包里的 ${entries.length} 条`,
    listed: complete.listed,
    vouchers: ownPolicy === undefined ? [] : vouchersOf([...earlier, { ...checkpoint, cosignatures }]),
    ownKeys: ownPolicy !== undefined,
    size: checkpoint.size,
  };
  return { facts, findings, seen };
}

/**
 * The newest co-signature of every witness.
 *
 * @param {{ size: number, cosignatures: { name: string, vkey: string, time: number }[] }[]}
 * checkpoints
 */
export function vouchersOf(checkpoints) {
  const newest = new Map();
  for (const { size, cosignatures } of checkpoints)
    for (const { name, vkey, time } of cosignatures)
      if (size >= (newest.get(vkey)?.size ?? 0)) newest.set(vkey, { name, time, size });
  return [...newest.values()];
}

/** @param {{ name: string, time: number }[]} cosignatures */
export const signedBy = (cosignatures) =>
  cosignatures.length === 0
    ? '已签名，没有见证人联署'
    : `已见证：${cosignatures.map(({ name, time }) => `${name} 于 ${new Date(time * 1000).toISOString()}`).join(',')}`;

function readEarlier(name, note, inside, trusted) {
  const checkpoint = openCheckpoint(note, { ...inside, quorum: 'none' }, { strict: true });
  if (name !== `witnessed/${checkpoint.size}.note` || checkpoint.cosignatures.length === 0)
    throw new Finding('damaged', `${name} 的格式不对`);
  return trusted === inside ? checkpoint : openCheckpoint(note, { ...trusted, quorum: 'none' });
}

/** Checks the chains against the manifest. */
function completeness(files, entries, { size, root }, note) {
  const [manifestFile, proofFile, streamsFile] = manifestFiles.map((name) => files.get(name));
  if (!manifestFile && !proofFile && !streamsFile) return { findings: [], listed: undefined };
  if (!manifestFile || !proofFile || !streamsFile) throw new Finding('damaged', '清单的文件不全');
  const [entry] = readEntries(Buffer.concat([manifestFile, Buffer.from('\n')]));
  const manifest = readManifest(entry);
  const { index, proof } = readProof(manifestProof, proofFile.toString('utf8'), note);
  if (!verifyInclusion({ index, size, leafHash: entry.leaf, proof, root }) || index < manifest.size)
    return { findings: [new Finding('edited', '清单不是当时入树的内容')], listed: undefined };
  const chains = new Map();
  for (const { body, leaf, index: place } of entries) {
    if (!chains.has(body.stream)) chains.set(body.stream, []);
    chains.get(body.stream).push({ seq: body.seq, leaf, index: place });
  }
  const { findings, after } = manifestFindings(manifest, streamsFile.toString('utf8'), chains);
  findings.push(...unaccountedFindings(manifest, new Set(chains.keys())));
  return { findings, listed: { at: manifest.at, size: manifest.size, after } };
}

const manifestFiles = ['manifest.json', manifestProof, 'manifest-streams.jsonl'];

/** Most entries without a valid proof of their own that are tried with the proofs of others. */
const mostTried = 300;
/** Entries between two progress reports. */
const step = 500;

function entryFindings(entries, proofs, { size, root }, onProgress) {
  if (proofs.length !== entries.length) {
    const [attack, what] = proofs.length > entries.length ? ['deleted', '多'] : ['unproved', '少'];
    return [new Finding(attack, `条目 ${entries.length} 条，证明 ${proofs.length} 份：证明${what}了`)];
  }
  const chain = chainFindings(entries);
  const placeOf = new Map();
  for (const [at, { body }] of entries.entries()) {
    const key = `${body.seq} ${body.stream}`;
    if (!placeOf.has(key)) placeOf.set(key, at);
  }
  const isProved = ({ leaf }, { index, proof }) =>
    verifyInclusion({ index, size, leafHash: leaf, proof, root });
  const holds = entries.map((entry, at) => {
    if (at % step === 0) onProgress(at / entries.length);
    return isProved(entry, proofs[at]);
  });
  // If nothing is valid, as under another root, trying each proof for each entry would take hours.
  const isEach = holds.filter((one) => !one).length <= mostTried;
  const findings = [];
  /** Rewritten chains: all their later entries belong to the same attack. */
  const anew = new Set();
  entries.forEach((entry, at) => {
    const broken = chain.get(at);
    const rises = at === 0 || proofs[at - 1].index < proofs[at].index;
    if (holds[at]) {
      if (broken) findings.push(broken);
      if (!rises) findings.push(new Finding('reordered', `${entry.name}在全库中的位置不在前一条之后`));
      return;
    }
    const elsewhere = isEach && proofs.some((proof) => isProved(entry, proof));
    const next = placeOf.get(`${entry.body.seq + 1} ${entry.body.stream}`) ?? -1;
    if (elsewhere) findings.push(new Finding('reordered', `${entry.name}的位置被调换`));
    else if (broken?.attack === 'deleted') findings.push(broken);
    else if (!broken && (anew.has(entry.body.stream) || (next >= 0 && !chain.has(next) && !holds[next]))) {
      anew.add(entry.body.stream);
      findings.push(new Finding('rechained', `${entry.name}不是当时入树的内容，其后的链随之重算`));
    } else findings.push(new Finding('edited', `${entry.name}不是当时入树的内容`));
  });
  return findings;
}

function diagramFindings(entries, files) {
  const findings = [];
  const deployed = new Map();
  const ran = new Set();
  for (const { body } of entries) {
    if (body.type === 'definition.deployed') deployed.set(`${body.key}-${body.version}`, body.sha256);
    else if (body.process !== undefined) ran.add(`${body.process}-${body.version}.bpmn`);
    for (const one of Array.isArray(body.decisions) ? body.decisions : [])
      if (typeof one?.decision === 'string') ran.add(`${one.decision}-${one.version}.dmn`);
  }
  for (const name of ran) {
    const file = files.get(`processes/${name}`);
    const version = name.replace(/\.\w+$/, '');
    if (!file) findings.push(new Finding('diagram-changed', `缺流程图、决策表 ${name}`));
    else if (!deployed.has(version)) findings.push(new Finding('unproved', `没有 ${name} 的部署记录`));
    else if (Buffer.from(sha256(file)).toString('hex') !== deployed.get(version))
      findings.push(new Finding('diagram-changed', `${name} 与部署时记录的 SHA-256 不符`));
  }
  for (const name of files.keys()) {
    const [, diagram] = /^processes\/(.*)$/.exec(name) ?? [];
    if (diagram !== undefined && !ran.has(diagram))
      findings.push(new Finding('damaged', `多出流程图、决策表 ${diagram}`));
  }
  return findings;
}

/** Files of regulation and policies: entries name the file and its SHA-256; the last entry counts. */
function regulationFindings(entries, files) {
  const recorded = new Map(
    entries
      .filter(({ body }) => ['policies', 'regulation'].includes(body.stream))
      .map(({ body }) => [body.file, body.sha256]),
  );
  return [...files]
    .filter(([name]) => name.startsWith('regulation/'))
    .filter(([name, file]) => recorded.get(name.slice(11)) !== Buffer.from(sha256(file)).toString('hex'))
    .map(([name]) => new Finding('regulation-changed', `${name} 与条目所记的 SHA-256 不符，或没有条目记它`));
}

const known =
  /^(README\.txt|case-files\.jsonl|policy|checkpoint|entries\.jsonl|manifest\.json|manifest\.tlog-proof|manifest-streams\.jsonl|witnessed\/\d+\.note|sm\/checkpoint|(sm\/)?proofs\/\d+\.tlog-proof|processes\/[^/]+\.(?:bpmn|dmn)|regulation\/[^/]+|verifier\/[a-z0-9-]+\.(mjs|html))$/;

const strangers = (files) =>
  [...files.keys()]
    .filter((name) => !known.test(name))
    .map((name) => new Finding('damaged', `包里多出文件 ${name}`));
