/** Texts of messages to callers, and what became of the messages, by the entries that say it. */
import { adds, projector, same } from '../../accountability/index.js';
import { toldProjector } from '../outbox/index.js';
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

export const messageProjector = toldProjector(messageKind);
