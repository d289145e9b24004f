/** Projects versions of the regulation and official texts. */
import { adds, from, hashed, projector, same } from '../../accountability/index.js';
import { contentDigest } from '../../kernel/index.js';
import { readOfficialText } from './official-text.js';
import { shippedCatalogues } from './shipped.js';

const stands = { stream: 'regulation' };

export const versionProjector = projector({
  table: 'regulation_version',
  stands,
  key: ['file'],
  columns: {
    file: same('文件'),
    regulation: same('哪部条例'),
    version: same('哪一版'),
    content: hashed('内容'),
    sha256: same('所记的摘要'),
    valid_from: same('施行自'),
    valid_to: same('施行至'),
    recorded_at: same('何时'),
  },
  project: {
    'regulation.recorded': ({ at, body: { file, regulation, version, sha256, validFrom, validTo } }) =>
      adds({
        ...{ file, regulation, version, content: sha256, sha256 },
        ...{ valid_from: validFrom, valid_to: validTo, recorded_at: at },
      }),
  },
});

interface TextRow {
  readonly body: Buffer;
  readonly source: string;
  readonly sentences: unknown;
}

/** Compares the shown sentences with the file itself. */
function isOfFile({ body, source, sentences }: TextRow): boolean {
  try {
    const { text } = readOfficialText(body, source, shippedCatalogues());
    return contentDigest([...text.sentences]) === contentDigest(sentences);
  } catch {
    return false;
  }
}

/** Texts of a version are numbered by their order. */
export const textProjector = projector({
  table: 'regulation_text',
  stands,
  key: ['regulation', 'version'],
  list: 'id',
  columns: {
    regulation: same('哪部条例'),
    version: same('哪一版'),
    source: same('来源'),
    sha256: same('所记的摘要'),
    body: hashed('文件'),
    ofFile: from<TextRow>('条文出自文件', ['body', 'source', 'sentences'], isOfFile),
    effective_from: same('施行自'),
    effective_to: same('施行至'),
    loaded_by: same('谁'),
    loaded_at: same('何时'),
  },
  called: (regulation, version, place) => `${regulation} ${version} 第 ${place} 份`,
  project: {
    'regulation.text-loaded': ({ at, body: said }) => {
      const { regulation, version, source, sha256, effectiveFrom, effectiveTo, actor } = said;
      return adds({
        ...{ regulation, version, source, sha256, body: sha256, ofFile: true },
        ...{ effective_from: effectiveFrom, effective_to: effectiveTo, loaded_by: actor, loaded_at: at },
      });
    },
  },
});
