import { Layout, messages, type Frame, type Markup } from '../kit/portal/index.ts'

const say = messages({
  about: { zh: '关于本站', en: 'About this site' },
  about1: { zh: '“明堂”把办事、公开、监督和互动放在同一套办件、同一部法定日历和同一本公开日志上。古代的明堂，是君主在众人面前处理政务的地方。', en: 'Mingtang puts service, openness, supervision and conversation on one store of cases, one legal calendar and one public log. The Mingtang of old was the hall in which government was conducted before everybody.' },
  about2: { zh: '指南里的流程图就是系统执行的流程；每个时限都能逐日说明为什么是这一天；每次办理都在公开日志里，任何人都能核验。', en: 'The chart in a guide is the procedure that runs; every clock can say day by day why it stands where it stands; every act is in a public log that anyone can verify.' },
  about3: { zh: '这是开放源代码的软件，以 Apache-2.0 许可发布。', en: 'This is open-source software under Apache-2.0.' },
  aboutDemo: { zh: '您看到的是演示：机构代码、电话、地址、事项编码和办件都是虚构的，印章没有效力，在这里办不成任何真实的事。', en: 'What you see is a demonstration: codes, telephone numbers, addresses and cases are fictional, seals have no force, and nothing real can be done here.' },
  data: { zh: '您的数据', en: 'Your data' },
  dataText: { zh: '本站只用必要的 Cookie：登录会话、语言、字号版式；凭查询码看进度时保留半小时，刚提交的申请的查询码保留一小时。没有统计脚本，不向第三方发送任何东西。个人信息不进入公开日志。', en: 'This site uses only cookies it needs: session, language, text size; for half an hour the case you follow by its code, for an hour the code of what you just sent. There are no statistics scripts and nothing is sent to third parties. Personal data never enters the public log.' },
  a11y: { zh: '无障碍说明', en: 'Accessibility' },
  a11y1: { zh: '本站按 WCAG 2.2 AA 级和 GB/T 37668-2019 建设：全部功能可用键盘操作，不用脚本也能办事，颜色从不单独表达含义，图都有文字说明。', en: 'This site is built to WCAG 2.2 level AA and GB/T 37668-2019: everything works by keyboard and without scripts, colour never speaks alone, every picture has its text.' },
  a11yElder: { zh: '关怀版', en: 'Large text' },
  a11y2: { zh: '页面上方“关怀版”把文字放大到 20、24 或 30 像素，加强对比，放大按钮，没有弹窗和浮动内容。', en: '“Large text” at the top of each page enlarges text to 20, 24 or 30 pixels, raises contrast and enlarges buttons; nothing pops up or floats.' },
  a11yKeys: { zh: '键盘', en: 'Keyboard' },
  a11y3: { zh: '每页第一个 Tab 停在“跳到正文”；焦点始终有明显的框。', en: 'The first Tab stop of each page is “Skip to the text”; the focus always has a visible frame.' },
  a11yLimits: { zh: '已知的不足', en: 'What is not good yet' },
  a11y4: { zh: '流程图很宽时需要左右滚动，图下有完整的文字步骤；导入的外部指南只有中文。', en: 'Wide procedure charts must be scrolled, with all steps in words beneath; imported guides are in Chinese only.' },
  a11yTell: { zh: '遇到障碍', en: 'If something stands in your way' },
  a11y5: { zh: '请拨打 12345，由人工帮您办理。', en: 'Call 12345 and a person will help.' },
})

/** What this site is, and what it is not. */
export const AboutPage = ({ frame }: { frame: Frame }): Markup => {
  const t = say(frame.language)
  return (
    <Layout frame={frame} title={t('about')}>
      <h1 safe>{t('about')}</h1>
      <p class="lede" safe>{t('about1')}</p>
      <p safe>{t('about2')}</p>
      {frame.demo ? <p safe>{t('aboutDemo')}</p> : ''}
      <h2 safe>{t('data')}</h2>
      <p safe>{t('dataText')}</p>
      <p safe>{t('about3')}</p>
    </Layout>
  )
}

/** The accessibility statement (无障碍环境建设法 第三十二条). */
export const AccessibilityPage = ({ frame }: { frame: Frame }): Markup => {
  const t = say(frame.language)
  return (
    <Layout frame={frame} title={t('a11y')}>
      <h1 safe>{t('a11y')}</h1>
      <p class="lede" safe>{t('a11y1')}</p>
      <h2 safe>{t('a11yElder')}</h2>
      <p safe>{t('a11y2')}</p>
      <h2 safe>{t('a11yKeys')}</h2>
      <p safe>{t('a11y3')}</p>
      <h2 safe>{t('a11yLimits')}</h2>
      <p safe>{t('a11y4')}</p>
      <h2 safe>{t('a11yTell')}</h2>
      <p safe>{t('a11y5')}</p>
    </Layout>
  )
}
