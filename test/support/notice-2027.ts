/**
 * An invented schedule, because no real notice for 2027 is known. It moves 30 and 31 December 2026
 * and the New Year.
 */
export const document2027 = '测试发〔2026〕1号';

export const notice2027 = {
  notices: [
    {
      year: 2027,
      kind: 'annual',
      title: '2027年放假安排（测试用）',
      document: document2027,
      publishedOn: '2026-12-29',
      address: null,
      days: [
        { date: '2026-12-30', off: true, name: '元旦' },
        { date: '2026-12-31', off: true, name: '元旦' },
        { date: '2027-01-01', off: true, name: '元旦' },
      ],
    },
  ],
};
