/** Projects message texts for callers, and the delivery results of the messages. */
import { adds, projector, puts, same, type Placed } from '../../accountability/index.js';
import { messageKind } from './store/sent-messages.js';

export const templateProjector = projector({
  table: 'message_template',
  stands: { stream: 'channels' },
  key: ['occasion', 'language', 'version'],
  columns: {
    occasion: same('何时告知'),
    language: same('语言'),
    version: same('版'),
    subject: same('标题'),
    text: same('正文'),
    created_at: same('何时'),
    created_by: same('谁'),
  },
  called: (occasion, language, version) => `${occasion} ${language} 第 ${version} 版`,
  project: {
    'template.changed': ({ at, body: { actor, occasion, language, version, subject, text } }) =>
      adds({ occasion, language, version, subject, text, created_at: at, created_by: actor }),
  },
});

const settled = (outcome: string) => (entry: Placed<'caller.told' | 'caller.not-told'>) => {
  const { occasion, entry: of, language, template } = entry.body;
  return puts({ occasion, entry: of, language, template, settled_at: entry.at, outcome });
};

export const messageProjector = projector({
  table: 'outbox',
  source: `(SELECT sheet, about ->> 'occasion' AS occasion, (about ->> 'entry')::int AS entry, about ->> 'language' AS language,
                   (about ->> 'template')::int AS template, settled_at,
                   CASE outcome WHEN 'sent' THEN 'told' ELSE 'not-told' END AS outcome
              FROM outbox WHERE kind = '${messageKind}' AND outcome IS NOT NULL)`,
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
