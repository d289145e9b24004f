/** A new city is begun from the text of a law, answered, and put away again. */
import { leastLaw } from '../support/invented-laws.js';
import type { Day } from './day.js';
import { callAs } from './rules-office.js';

export async function newCity(day: Day): Promise<void> {
  const body = { text: leastLaw.text };
  const { id } = (await callAs(day, 'editor', 'createPackageDraft', { body })) as { readonly id: number };
  await callAs(day, 'second', 'answerPackageArticle', {
    params: { id, article: 'art3' },
    body: { revision: 1, answer: '施行日期' },
  });
  await callAs(day, 'editor', 'answerPackageCity', {
    params: { id },
    body: {
      ...{ revision: 2, law: {}, titles: {}, parties: { caller: '诉求人' } },
      city: { key: 'qingchuan', names: ['青川'], letter: 'Q' },
    },
  });
  await callAs(day, 'second', 'removePackageDraft', { params: { id } });
}
