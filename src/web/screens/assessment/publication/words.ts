import { lawOf, inBrackets } from '../../../law/page-law.js';
export const kindWords = {
  public: `公开${inBrackets(lawOf('publication'))}`,
  intake: `受理数据公开${inBrackets(lawOf('publication'))}`,
  circular: `通报${inBrackets(lawOf('assessment-results'))}`,
} as const;
export const stateWords = { draft: '草稿', approved: '已批准，待发布', published: '已发布' } as const;
export const actWords = { cases: '写典型案例', approve: '批准', return: '退回', publish: '发布' } as const;
