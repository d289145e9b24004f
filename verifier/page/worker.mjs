/** Checks a bundle in a worker, so that the page stays responsive. */
import { Buffer } from 'node:buffer';
import { verifyFiles } from '../bundle.mjs';
import { checked } from '../check.mjs';
import { readEntries } from '../entries.mjs';
import { keptFacts } from '../kept.mjs';
import { sha256 } from './platform.mjs';
import { unzip } from '../zip.mjs';

/**
 * @param {{ bytes: ArrayBuffer, policy?: string, kept?: string }} asked
 * @param {(part: number) => void} onProgress
 */
export function answer({ bytes, policy, kept }, onProgress) {
  const bundle = Buffer.from(bytes);
  let files = new Map();
  const said = checked(() => {
    files = unzip(bundle);
    const result = verifyFiles(files, policy, onProgress);
    return kept === undefined ? result : keptFacts(result, files, kept, policy);
  });
  return { ...said, ...contentsOf(files), digest: Buffer.from(sha256(bundle)).toString('hex') };
}

/** The readable content, valid or not. */
function contentsOf(files) {
  const diagrams = [...files]
    .filter(([name]) => name.endsWith('.bpmn'))
    .map(([name, file]) => ({ name, xml: file.toString('utf8') }));
  try {
    const lines = readEntries(files.get('entries.jsonl') ?? Buffer.alloc(0));
    return { entries: lines.map(({ body, name }) => ({ body, name })), diagrams };
  } catch {
    return { entries: [], diagrams };
  }
}

/** The script of the page, as a worker. */
export function work(scope) {
  scope.onmessage = ({ data }) =>
    scope.postMessage({ answer: answer(data, (part) => scope.postMessage({ part })) });
}
