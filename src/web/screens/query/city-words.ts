/** Names of the city in languages other than Chinese, which replace the page's words. */
import { law, type ForeignLanguage } from '../../law/page-law.js';
import type { Words } from './words/zh.js';

export function ofTheCity(language: ForeignLanguage | 'zh'): Partial<Words> {
  // The Chinese words read the law directly.
  if (language === 'zh') return {};
  const { service, hotline, office } = law().titles?.foreign?.[language] ?? {};
  return {
    ...(service === undefined ? {} : { title: service }),
    ...(hotline === undefined ? {} : { byHotline: hotline }),
    ...(office === undefined ? {} : { byOffice: office }),
  };
}
