import type { Item } from '../contract.ts'
import { Button, inLanguage, Layout, Notice, part, Tag, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { FlowChart, Measured } from './deps.ts'
import { GuideMaterials } from './guide-materials.tsx'
import { GuideBasis, GuideCost, GuideFaq, GuideFlow, GuideRemedy, GuideResult, GuideTime, GuideVersions, GuideWhere } from './guide-sections.tsx'
import { GuideTimes } from './guide-times.tsx'
import { governmentService } from './json-ld.ts'
import { ITEM_TYPES } from '../dictionaries.ts'
import { guideSay } from './messages.ts'

export interface GuideProps {
  readonly item: Item
  readonly frame: Frame
  readonly url: string
  readonly flow: FlowChart | null
  /** undefined: nobody measures here; null: measured, but nothing finished yet. */
  readonly measured: Measured | null | undefined
  readonly more: Markup
  readonly hallPath: (siteCode: string) => string | null
}

/** The guide: what stands still on the left, the disclosed elements on the right in the order people ask. */
export const GuidePage = ({ item, frame, url, flow, measured, more, hallPath }: GuideProps): Markup => {
  const { language } = frame
  const t = guideSay(language)
  const name = inLanguage(item.name, language)
  return (
    <Layout frame={frame} title={name} current="items" description={t('description', { name })} crumbs={[{ text: t('items'), href: '/items' }]} jsonLd={governmentService(item, url, language)} islands={['print.js']}>
      <div class="two">
        <div class="stand">
          <h1 class="guide-name" safe>{name}</h1>
          <p class="tags"><Tag text={ITEM_TYPES.entries[item.itemType][language]} />{item.requiredVisits === 0 ? <Tag text={language === 'zh' ? '不用跑' : 'No visit'} colour="jade" /> : ''}</p>
          <p><a href={`/departments/${part(item.implementingBody.code)}`} safe>{inLanguage(item.implementingBody.name, language)}</a></p>
          <GuideTimes item={item} measured={measured} frame={frame} />
          <div class="buttons">
            {item.applicable ? <Button text={t('apply')} href={`/apply/${part(item.code)}`} /> : ''}
            <Button text={t('need')} href="#materials" look="plain" />
            <button class="button button-plain" type="button" data-print hidden safe>{t('print')}</button>
          </div>
          {item.applicable ? '' : <p class="small muted" safe>{item.source === 'import' ? t('imported') : t('notApplicable')}</p>}
          <p class="guide-code" safe>{t('codeLabel', { code: item.code })}</p>
          <noscript><p class="small quiet no-print" safe>{t('printHint')}</p></noscript>
          <Contents item={item} frame={frame} />
          {more}
        </div>
        <div class="guide">
          {item.proactive === null ? '' : <Notice kind="open"><p safe>{inLanguage(item.proactive.text, language)}</p></Notice>}
          <GuideMaterials item={item} frame={frame} />
          <GuideTime item={item} frame={frame} />
          <GuideCost item={item} frame={frame} />
          <GuideWhere item={item} frame={frame} hallPath={hallPath} />
          <GuideFlow item={item} flow={flow} frame={frame} />
          <GuideResult item={item} frame={frame} />
          <GuideBasis item={item} frame={frame} />
          <GuideRemedy item={item} frame={frame} />
          <GuideFaq item={item} frame={frame} />
          <GuideVersions item={item} frame={frame} />
        </div>
      </div>
    </Layout>
  )
}

const Contents = ({ item, frame }: { item: Item; frame: Frame }): Markup => {
  const t = guideSay(frame.language)
  const sections = (['materials', 'time', 'cost', 'where', 'flow', 'result', 'basis', 'remedy', 'contact', 'faq', 'versions'] as const)
    .filter((section) => (section !== 'faq' || item.faqs.length > 0) && (section !== 'result' || item.result !== null))
  return (
    <nav class="no-print" aria-label={t('contents')}>
      <ul class="jump">{sections.map((section) => <li><a href={`#${section}`} safe>{t(section)}</a></li>)}</ul>
    </nav>
  )
}
