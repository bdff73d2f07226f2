import type { Bilingual } from '../../base/text.ts'

const ENGLISH: Readonly<Record<string, string>> = {
  元旦: 'New Year',
  春节: 'Spring Festival',
  清明: 'Tomb-sweeping Day',
  清明节: 'Tomb-sweeping Day',
  劳动节: 'Labour Day',
  '“五一”': 'Labour Day',
  '“五一”国际劳动节': 'Labour Day',
  端午: 'Dragon Boat Festival',
  端午节: 'Dragon Boat Festival',
  中秋: 'Mid-autumn Festival',
  中秋节: 'Mid-autumn Festival',
  国庆节: 'National Day',
  '“十一”': 'National Day',
  中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日: '70th anniversary of the victory in the war of resistance',
}

/** A holiday as notices write it, `国庆节、中秋节` included; a name we do not know stands in Chinese in both languages. */
export function holidayName(zh: string): Bilingual {
  return { zh, en: zh.split('、').map((part) => ENGLISH[part] ?? part).join(' and ') }
}
