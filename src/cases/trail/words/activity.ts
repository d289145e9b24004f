/**
 * Names the deed of an entry in the words of those who do it, as the activity of an event log: one
 * per kind of deed.
 */
import { deedsIn, eventOf, isStep, type ReadableEntry } from '../../../accountability/events/index.js';
import { inCityWords } from '../../../kernel/law.js';
import type { Elements } from '../../definition-reader.js';
import { alteredTitle, entryTitle, type EntryContext } from '../entry-title.js';
import type { LawWords } from './law-words.js';

export interface ActivityContext extends EntryContext {
  readonly elements: Pick<Elements, 'get' | 'values'>;
}

export function activityOf(entry: ReadableEntry, context: ActivityContext, words: LawWords): string {
  if (entry.type === 'unread') return entry.altered ? alteredTitle : entryTitle(entry, context);
  const { elements } = context;
  switch (entry.type) {
    case 'task.completed':
    case 'timer.fired':
      return elements.get(entry.body.of)?.name ?? eventOf(entry.type).title;
    case 'task.failed':
      return `未能办成：${elements.get(entry.body.of)?.name ?? eventOf(entry.type).title}`;
    case 'message.received':
    case 'signal.received':
    case 'condition.met':
      return deedIn(entry, words) ?? caught(entry, elements) ?? entryTitle(entry, context);
    default:
      return isStep(entry) ? entryTitle(entry, context) : inCityWords(eventOf(entry.type).title, context.law);
  }
}

function deedIn(entry: ReadableEntry, words: LawWords): string | undefined {
  const [first] = deedsIn(entry);
  return first && words.deed(first.name);
}

/** The name of the event that catches the message. */
function caught(entry: ReadableEntry, elements: Pick<Elements, 'values'>): string | undefined {
  if (entry.type !== 'message.received') return undefined;
  const { of } = entry.body;
  const name = [...elements.values()].find(({ catches }) => catches === of)?.name;
  return name === '' ? undefined : name;
}
