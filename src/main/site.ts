import type { Bilingual } from '../base/text.ts'

/** Whose service this is; the masthead's words. */
export const SITE: Bilingual = { zh: '北京市西城区政务服务', en: 'Xicheng District Government Services, Beijing' }
