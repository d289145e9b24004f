/** Reads diagrams and decision tables by path, and the shipped ones. */
import { shippedFiles } from '../../cases/index.js';
import { isDecisionXml } from '../../engine/index.js';
import { withFragments } from '../../kernel/package-content.js';
import { readBytes } from './read-bytes.js';

/** @throws {Refusal} `file.unreadable`, `input.too-large` */
export const readDiagrams = (paths: readonly string[]): Promise<readonly string[]> =>
  Promise.all(paths.map(async (path) => wholeIn(await readBytes(path), path).toString()));

/** A diagram as it was read, or, if it has fragments, as text with them expanded. @throws {Refusal} `package.invalid` */
export function wholeIn(bytes: Buffer, path: string): Buffer | string {
  const text = bytes.toString('utf8');
  const whole = withFragments(text, path);
  return whole === text ? bytes : whole;
}

/** The shipped diagrams, with the decision tables they name. */
export const shippedSources = async (): Promise<readonly string[]> =>
  shippedFiles().map(({ source }) => source);

export const shippedDiagrams = async (): Promise<readonly string[]> =>
  (await shippedSources()).filter((source) => !isDecisionXml(source));
