/** Reads diagrams and decision tables by path, and the shipped ones. */
import { shippedFiles } from '../../cases/index.js';
import { isDecisionXml } from '../../engine/index.js';
import { readBytes } from './read-bytes.js';
import { wholeIn } from './whole-diagram.js';

/** @throws {Refusal} `file.unreadable`, `input.too-large` */
export const readDiagrams = (paths: readonly string[]): Promise<readonly string[]> =>
  Promise.all(paths.map(async (path) => wholeIn(await readBytes(path), path).toString()));

/** The shipped diagrams, with the decision tables they name. */
export const shippedSources = async (): Promise<readonly string[]> =>
  shippedFiles().map(({ source }) => source);

export const shippedDiagrams = async (): Promise<readonly string[]> =>
  (await shippedSources()).filter((source) => !isDecisionXml(source));
