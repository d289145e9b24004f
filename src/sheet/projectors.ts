/** Projects rows of sheets. */
import { from, projector, puts, removes, salted, same } from '../accountability/index.js';
import { wordColumns, wordKeys, type WordRow } from './store/word-rows.js';
import { wordDigests, wordNames, wordSeals, type WordSeal } from './words.js';

export const mergeProjector = projector({
  table: 'merged_sheet',
  stands: { by: 'member' },
  key: [],
  columns: { lead: same('主单'), merged_at: same('何时'), merged_by: same('谁') },
  project: {
    // The same entry is also in the leading sheet's trail.
    'sheet.merged': ({ stream, at, body: { member, lead, actor = null } }) =>
      member === stream ? puts({ lead, merged_at: at, merged_by: actor }) : [],
    'sheet.unmerged': ({ stream, body: { member } }) => (member === stream ? removes({}) : []),
  },
});

const word = (name: WordSeal) =>
  salted(from<WordRow>(wordNames[name], wordKeys, (row) => wordDigests(row, row.salt)[name]));

const said = ({ digests }: { readonly digests: { readonly [name: string]: string } }) => {
  const [title, content, particulars] = wordSeals.map((name) => digests[name]);
  return title === undefined || content === undefined || particulars === undefined
    ? []
    : puts({ title, content, particulars });
};

/** Compares the citizen's words with the digests in the sheet's first entry and in its latest correction. */
export const wordsProjector = projector({
  table: 'work_order',
  source: `(SELECT w.no, w.words_salt AS salt, ${wordColumns} FROM work_order w)`,
  stands: { by: 'no' },
  key: [],
  columns: { title: word('title'), content: word('content'), particulars: word('particulars') },
  project: { 'instance.started': said, 'sheet.corrected': said },
});
