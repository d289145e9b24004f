/** An entry of `accounts` or `refusals` as one sentence. */
import type { z } from 'zod';
import { toShanghaiIso } from '../../calendar/index.js';
import { alteredTitle } from '../../casework/index.js';
import { accountTitle } from '../../identity/index.js';
import { refusals, type JsonObject, type RefusalCode } from '../../kernel/index.js';
import type { accountJournalOperations } from '../contract/account-journal.js';
import { operations, type Operation } from '../contract/operations.js';
import type { JournalRow } from '../store/account-journal-store.js';

type Page = z.input<
  (typeof accountJournalOperations)['readAccountJournal']['answers'][200]['schema']
>['items'][number];

export const accountView = ({ seq, type, at, leaf, body, altered }: JournalRow): Page => ({
  seq,
  type,
  title: altered ? alteredTitle : titleOf(type, body),
  at: toShanghaiIso(at),
  actor: wordIn(body, 'actor'),
  of: wordIn(body, 'of') || null,
  address: wordIn(body, 'address'),
  hash: leaf,
});

function titleOf(type: string, body: JsonObject): string {
  if (type !== 'access.refused') return accountTitle(type, body) ?? type;
  const id = wordIn(body, 'operation') ?? '';
  const asked = (operations as Readonly<Record<string, Operation>>)[id]?.summary ?? id;
  const code = wordIn(body, 'code') ?? '';
  return `${refusals[code as RefusalCode]?.title ?? code}:${asked}`;
}

function wordIn(body: JsonObject, key: string): string | null {
  const value = body[key];
  return typeof value === 'string' ? value : null;
}
