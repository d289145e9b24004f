import { call, type Output } from '../../api/client.js';
import type { Answers } from './answers.js';

export const completeOfSheet = (
  id: string,
  answers: Answers,
  members?: { readonly told?: string },
): Promise<Output<'completeTask'>> =>
  call('completeTask', { params: { id }, body: { answers, ...(members && { members }) } });
