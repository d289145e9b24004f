/** What the city is called in another language than Chinese, in place of the page's words. */
import { law, type ForeignLanguage } from '../../law/page-law.js';
import type { Words } from './words/zh.js';

export function ofTheCity(language: ForeignLanguage | 'zh'): Partial<Words> {
  // Chinese words ask the law themselves.
  if (language === 'zh') return {};
  const { service, hotline, office } = law().titles?.foreign?.[language] ?? {};
  return {
    ...(service === undefined ? {} : { title: service }),
    ...(hotline === undefined ? {} : { byHotline: hotline }),
    ...(office === undefined ? {} : { byOffice: office }),
  };
}
