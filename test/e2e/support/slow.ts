/** Tests of this folder that run with the slow ones (`npm run test:slow`): `npm test` keeps to its minutes and to the few cases it makes. */
export const SLOW = { tag: '@slow' };

/** Of a test in both languages, English runs with the slow ones. */
export const slowInEnglish = (locale: 'zh' | 'en') => (locale === 'en' ? SLOW : {});
