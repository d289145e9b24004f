/** Requests of the concurrent users. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { placeOf, type Askers, type Message } from './many-sheets.js';

/**
 * "As many": no more rows than the small database has for everybody, so that both sizes return the
 * same amount. A worklist search counts its results by light, and so finds all: users who see all
 * sheets search for words of one sheet; units search for words with no result, or with one at both
 * sizes; others for words with 55 results in the larger database.
 *
 * For a rare word a unit has hardly any results in the small database and a full page in the large
 * one. "As many for each": a unit searches for its newest sheet with words from one of its own, the
 * others as before.
 */
export const questions = [
  'worklist',
  'worklist, as many',
  'worklist, red',
  'worklist, red, as many',
  'case page',
  'all work orders',
  'search, one sheet',
  'search, seldom',
  'search, seldom, as many',
  'search, seldom, as many for each',
  'search, often',
  'search, often, as many',
  'search in worklist',
  'search in worklist, as many',
  'board',
  'process monitor',
  'status',
  'similar sheets',
  'new sheet',
] as const;
export type Question = (typeof questions)[number];

export function readMessages(): readonly Message[] {
  return readFileSync(new URL('../../shared/cases/messages.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Message)
    .filter(({ title, text }) => title.length > 4 && text.length > 30);
}

export interface Load {
  readonly url: string;
  readonly users: number;
  readonly seconds: number;
}

export async function load(
  name: Question,
  { url, users, seconds }: Load,
  { intake, askers, unitsWords, numbers }: Askers,
  messages: readonly Message[],
): Promise<autocannon.Result> {
  let asked = Math.floor(Math.random() * messages.length);
  const path = (next: number): string => {
    // Six characters from the middle of a message; or a frequent word.
    const seldom = (messages[(next * 37) % messages.length]?.text ?? '').replaceAll(/\s/g, '').slice(20, 26);
    const often = ['小区', '停水', '业主', '公交'][next % 4] ?? '';
    const q = (words: string): string => `q=${encodeURIComponent(words)}`;
    switch (name) {
      case 'worklist':
        return '/api/tasks?limit=50&scope=mine';
      case 'worklist, as many':
        return '/api/tasks?limit=10&scope=mine';
      case 'worklist, red':
        return '/api/tasks?limit=50&scope=mine&light=red';
      case 'worklist, red, as many':
        return '/api/tasks?limit=4&scope=mine&light=red';
      case 'case page':
        return `/api/work-orders/${numbers[(next * 37) % numbers.length]}`;
      case 'all work orders':
        return '/api/work-orders?limit=50';
      case 'search, one sheet':
        return `/api/work-orders?limit=50&${q(placeOf(1 + (next % 10_000)))}`;
      case 'search, seldom':
        return `/api/work-orders?limit=50&${q(seldom)}`;
      case 'search, seldom, as many':
        return `/api/work-orders?limit=5&${q(seldom)}`;
      case 'search, seldom, as many for each': {
        const own = unitsWords[unitOf(next)];
        const words = own?.[(next * 37) % own.length];
        return `/api/work-orders?limit=${words ? 1 : 5}&${q(words ?? seldom)}`;
      }
      case 'search, often':
        return `/api/work-orders?limit=50&${q(often)}`;
      case 'search, often, as many':
        return `/api/work-orders?limit=5&${q(often)}`;
      case 'search in worklist':
        return `/api/tasks?limit=50&scope=mine&${q(seldom)}`;
      case 'search in worklist, as many':
        return `/api/tasks?limit=50&scope=mine&${q(unitOf(next) >= 0 ? seldom : placeOf(1 + (next % 900)))}`;
      case 'board':
        return '/api/board';
      case 'process monitor':
        return '/api/definitions/handling/load';
      case 'status':
        return '/api/status';
      case 'similar sheets':
        return '/api/intake/suggestions';
      case 'new sheet':
        return '/api/work-orders';
    }
  };
  // Negative for users who see all sheets.
  const unitOf = (next: number): number => (next % askers.length) - askers.length + unitsWords.length;
  const body = (next: number): object => {
    const { title, text } = messages[(next * 37) % messages.length] ?? { title: '', text: '' };
    if (name === 'similar sheets') return { text: title };
    return { channel: 'phone', kind: 'help', title: title.slice(0, 60), content: text };
  };
  const posts = name === 'similar sheets' || name === 'new sheet';
  // Units neither take calls nor oversee others: no board, monitor or case pages.
  const who = posts
    ? [intake]
    : name.includes('list') || name.startsWith('search')
      ? askers
      : askers.slice(0, 4);
  return autocannon({
    url,
    connections: users,
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => {
          const next = asked++;
          return {
            ...request,
            method: posts ? 'POST' : 'GET',
            path: path(next),
            headers: { ...who[next % who.length], ...(posts ? { 'content-type': 'application/json' } : {}) },
            ...(posts ? { body: JSON.stringify(body(next)) } : {}),
          };
        },
      },
    ],
  });
}
