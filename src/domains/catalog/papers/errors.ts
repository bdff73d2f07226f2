import { refusals } from '../../../base/refusal.ts'

/** Papers of the catalogue that there are not. */
export const refuse = refusals('catalog-papers', {
  'no-item': { status: 404, zh: '没有编码为“{code}”的办事指南', en: 'There is no guide with code “{code}”' },
  'no-paper': { status: 404, zh: '材料“{material}”没有可下载的样表', en: 'Material “{material}” has no form to download' },
  'no-result': { status: 404, zh: '“{item}”没有证照或者批文的样本', en: '“{item}” has no certificate or document to show a sample of' },
})
