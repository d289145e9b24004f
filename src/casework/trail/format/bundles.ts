/**
 * Bundles hold whole chains, since only these can be shown to be complete: every chain of which one entry is asked for
 * goes in from its first entry on, with the records of the diagrams it ran by, the policies and the calendar. What is
 * too large for one file goes into several, each to be verified by itself.
 */
import { rename, writeFile } from 'node:fs/promises';
import { bundle, evidenceOf, streamsOf, type Selection } from '../../../accountability/index.js';
import { diagramSource } from '../../../engine/index.js';
import { Refusal, type JsonObject } from '../../../kernel/index.js';
import type { TrailExportDeps } from '../export-trail.js';
import { readEntries } from '../read-rows.js';

export const entriesOfPart = 20_000;
/** A ZIP file takes 65,535 files, a proof each. */
const longestChain = 60_000;
/** Which decisions and which days off were in force when. */
const always = ['policies', 'calendar'];

interface Chain {
  readonly stream: string;
  readonly length: number;
}

export async function writeBundles(
  deps: TrailExportDeps,
  title: string,
  selection: Selection,
  below: number,
  file: string,
): Promise<readonly string[]> {
  const chains = await deps.database.transaction((transaction) => streamsOf(transaction, selection, below));
  const parts = partsOf(chains);
  const files: string[] = [];
  for (const [at, part] of parts.entries()) {
    const name = parts.length === 1 ? file : partName(file, at + 1);
    const label = parts.length === 1 ? title : `${title}(第 ${at + 1} 份,共 ${parts.length} 份)`;
    await write(name, await partBundle(deps, label, part, below));
    files.push(name);
  }
  return files;
}

export function partsOf(chains: readonly Chain[]): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const { stream, length } of chains) {
    if (length > longestChain)
      throw new Refusal(
        'export.too-large',
        `链 ${stream} 有 ${length} 条,一个审计包至多 ${longestChain} 条`,
        {
          where: stream,
          remedy: '改用 csv、xlsx、xes、ocel;整本轨迹用 verifier 的 log 方式核验',
        },
      );
    if (parts.length === 0 || length > room) {
      parts.push([]);
      room = entriesOfPart;
    }
    parts.at(-1)?.push(stream);
    room -= length;
  }
  return parts;
}

async function partBundle(deps: TrailExportDeps, title: string, part: readonly string[], below: number) {
  const ran = new Map<string, { readonly key: string; readonly version: number }>();
  for await (const page of readEntries(deps.database, { streams: part }, 'streams', below)) {
    for (const { body } of page) {
      const { process: key, version } = JSON.parse(body.toString('utf8')) as JsonObject;
      if (typeof key === 'string' && typeof version === 'number')
        ran.set(`${key} ${version}`, { key, version });
    }
  }
  const definitions = [...ran.values()].map(({ key }) => `definition:${key}`);
  const evidence = await evidenceOf(deps, [...new Set([...part, ...definitions, ...always])]);
  // A chain may have grown since, by steps on a version that was not in force then.
  for (const { body } of evidence.entries) {
    const { process: key, version } = JSON.parse(body.toString('utf8')) as JsonObject;
    if (typeof key === 'string' && typeof version === 'number')
      ran.set(`${key} ${version}`, { key, version });
  }
  const diagrams = await deps.database.transaction((transaction) =>
    Promise.all(
      [...ran.values()].map(async ({ key, version }) => ({
        key,
        version,
        xml: await diagramSource(transaction, key, version),
      })),
    ),
  );
  return bundle(title, evidence, diagrams, deps.signer);
}

const partName = (file: string, number: number): string =>
  file.replace(/(\.[^./\\]*)?$/, (ending) => `-${number}${ending}`);

async function write(name: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(`${name}.part`, bytes, { mode: 0o600 });
    await rename(`${name}.part`, name);
  } catch (cause) {
    throw new Refusal('file.unreadable', `审计包 ${name} 写不了:${(cause as Error).message}`, {
      remedy: '核对路径和权限',
      cause,
    });
  }
}
