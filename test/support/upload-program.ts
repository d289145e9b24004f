/** A program that adds a file to a sheet and kills itself at a chosen step. */
import { readFile } from 'node:fs/promises';
import { diskFiles, type AttachmentFiles } from '../../src/sheet/attachment/index.js';
import { addAttachment } from '../../src/cases/index.js';
import { createVault, type KeyRing } from '../../src/identity/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { assemble, entities } from '../../src/main.js';
import { openDatabase } from '../../src/platform/database/index.js';
import { mortal } from './killed-at.js';
import { testPremises } from './system.js';

/** The received file, the stored content, and the thumbnail. */
export type FileStep = 'received half' | `${'content' | 'thumbnail'} ${'half' | 'whole'}`;

export interface Upload {
  readonly url: string;
  /** Where the attachments lie. */
  readonly folder: string;
  readonly file: string;
  readonly no: string;
  readonly ring: KeyRing;
  /** Or the number of a statement. */
  readonly step: FileStep | number;
}

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

async function* halfOf(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    yield piece.subarray(0, Math.ceil(piece.length / 2));
    await die();
  }
}

const mortalFiles = (files: AttachmentFiles, step: Upload['step']): AttachmentFiles => ({
  ...files,
  put: async (name, content) => {
    const part = name.endsWith('.thumbnail') ? 'thumbnail' : 'content';
    await files.put(name, step === `${part} half` ? halfOf(content) : content);
    if (step === `${part} whole`) await die();
  },
});

if (process.argv[1] === import.meta.filename) {
  const { url, folder, file, no, ring, step } = JSON.parse(process.argv[2] ?? '') as Upload;
  const database = await openDatabase({ applicationName: 'upload-program', url, entities });
  const vault = createVault(ring);
  const premises = testPremises(folder);
  const attachmentFiles = mortalFiles(diskFiles(`${folder}/attachments`), step);
  const system = assemble(database, systemClock, vault, { ...premises, attachmentFiles });
  const bytes = await readFile(file);
  const source = async function* (): AsyncGenerator<Buffer> {
    yield bytes.subarray(0, bytes.length / 2);
    if (step === 'received half') await die();
    yield bytes.subarray(bytes.length / 2);
  };
  await addAttachment(
    { ...system, database: typeof step === 'number' ? mortal(database, step) : database, vault },
    { no, name: '现场.jpg', shows: 'matter', actor: undefined, source: source(), declared: bytes.length },
  );
  process.exit(0);
}
