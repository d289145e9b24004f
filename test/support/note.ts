/** Some entry, for tests to which any will do. */
import type { NewEntry } from '../../src/accountability/events/index.js';

export const note = (stream: string, at: Date, of = '某人', actor = '测试'): NewEntry<'person.closed'> => ({
  stream,
  type: 'person.closed',
  at,
  body: { of, actor },
});
