/** The city's fixed texts for publications, read and checked once. */
import { z } from 'zod';
import { packageJson } from '../../../kernel/package-content.js';

const lines = z.array(z.string().min(1)).min(1);
const title = z.string().includes('{月}');

const schema = z.strictObject({
  issuer: z.string().min(1),
  titles: z.strictObject({ public: title, intake: title, circular: title }),
  channels: lines,
  standards: lines,
  steps: lines,
});

/** The city's fixed texts (`regulation/publication.json`). */
export type PublicationTemplate = z.output<typeof schema>;

/** @throws {Error} if the shipped file is wrong: a fault of the build */
export const publicationTemplate = (): PublicationTemplate =>
  schema.parse(packageJson('regulation/publication.json'));
