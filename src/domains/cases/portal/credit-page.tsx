import { EmptyState, inLanguage, Layout, longDay, messages, Notice, part, SummaryList, type Frame, type Markup } from '../../../kit/portal/index.ts'
import { CREDIT_KIND_NAMES, type CreditView } from '../contract.ts'

const say = messages({
  mine: { zh: '我的', en: 'My affairs' },
  title: { zh: '我的信用记录', en: 'My credit record' },
  lede: { zh: '以告知承诺方式办理而未履行承诺、被撤销决定的，依法记在这里，并纳入本市公共信用信息（北京市优化营商环境条例 第三十三条）。', en: 'Grants on a commitment that was not kept and were annulled for it are recorded here and go to the public credit record (Beijing Business Environment Regulations Art. 33).' },
  none: { zh: '没有失信记录', en: 'Nothing is recorded' },
  noneText: { zh: '您没有因未履行承诺被记入的情况。', en: 'No breach of a commitment is recorded of you.' },
  on: { zh: '记入日期', en: 'Recorded' }, facts: { zh: '事实', en: 'Facts' }, article: { zh: '依据', en: 'Under' }, no: { zh: '撤销决定', en: 'Annulment' }, case: { zh: '办件', en: 'Case' },
  wrong: { zh: '认为记录有误的，可以在办件中查看撤销决定，并依决定书所载申请行政复议或者提起行政诉讼。', en: 'If you hold a record to be wrong: the case has the annulment, which names reconsideration and litigation.' },
})

/** What stands in the credit record of the party herself. */
export const CreditPage = ({ frame, records }: { frame: Frame; records: readonly CreditView[] }): Markup => {
  const { language } = frame
  const t = say(language)
  return (
    <Layout frame={frame} title={t('title')} current="mine" unlisted crumbs={[{ text: t('mine'), href: '/my' }]}>
      <h1 safe>{t('title')}</h1>
      <p class="lede" safe>{t('lede')}</p>
      {records.length === 0 ? <EmptyState title={t('none')}><p safe>{t('noneText')}</p></EmptyState> : (
        <>
          {records.map((record) => (
            <Notice kind="warn" title={`${CREDIT_KIND_NAMES[record.kind][language]}${language === 'zh' ? '：' : ': '}${inLanguage(record.item.name, language)}`}>
              <SummaryList facts={[{ term: t('on'), value: longDay(record.recordedOn, language) }, { term: t('facts'), value: record.facts }, { term: t('article'), value: record.article }, { term: t('no'), value: record.documentNo }]} />
              <p><a href={`/my/cases/${part(record.caseNo)}`} safe>{`${t('case')} ${record.caseNo}`}</a></p>
            </Notice>
          ))}
          <p class="muted" safe>{t('wrong')}</p>
        </>
      )}
    </Layout>
  )
}
