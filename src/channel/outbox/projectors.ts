/** What the entries about messages to callers say of their rows. */
import { projector, puts, same, type Placed } from '../../accountability/index.js';

const settled = (outcome: string) => (entry: Placed<'caller.told' | 'caller.not-told'>) => {
  const { occasion, entry: of, language, template } = entry.body;
  return puts({ occasion, entry: of, language, template, settled_at: entry.at, outcome });
};

/** @param kind under which they are sent */
export const toldProjector = (kind: string) =>
  projector({
    table: 'outbox',
    source: `(SELECT sheet, about ->> 'occasion' AS occasion, about ->> 'entry' AS entry, about ->> 'language' AS language,
                   about ->> 'template' AS template, settled_at,
                   CASE outcome WHEN 'sent' THEN 'told' ELSE 'not-told' END AS outcome
              FROM outbox WHERE kind = '${kind}' AND outcome IS NOT NULL)`,
    stands: { by: 'sheet' },
    key: ['occasion', 'entry'],
    columns: {
      occasion: same('何时告知'),
      entry: same('告知第几条'),
      language: same('语言'),
      template: same('文本的版'),
      settled_at: same('何时'),
      outcome: same('结果'),
    },
    called: (occasion, entry) => `${occasion} 第 ${entry} 条`,
    expires: { class: 'requests', by: 'settled_at' },
    project: { 'caller.told': settled('told'), 'caller.not-told': settled('not-told') },
  });
