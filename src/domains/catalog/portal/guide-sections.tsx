import { BODY_NATURES, CROSS_REGIONS, EXERCISE_LEVELS, HANDLING_MODES, ITEM_TYPES, ONLINE_DEPTHS, POWER_SOURCES, RESULT_TYPES, SERVICE_TARGETS, type Item, type Limit } from '../contract.ts'
import { FlowChart, inLanguage, longDay, money, part, safeAddress, shortDay, SummaryList, Table, type Fact, type Frame, type Markup, type Slot } from '../../../kit/portal/index.ts'
import type { FlowChart as Drawn } from './deps.ts'
import { limitText } from '../limits.ts'
import { guideSay } from './messages.ts'

type Text = { readonly zh: string; readonly en: string }
interface Props { readonly item: Item; readonly frame: Frame }
const tools = (frame: Frame) => ({ t: guideSay(frame.language), text: (value: Text): string => inLanguage(value, frame.language) })
const facts = (list: readonly (readonly [string, Slot] | null)[]): Fact[] => list.flatMap((fact) => (fact === null ? [] : [{ term: fact[0], value: fact[1] }]))

/** A limit with its article: the number never stands alone. */
const limitSlot = (limit: Limit, frame: Frame): Slot => () => (
  <>
    <span safe>{limitText(limit)[frame.language]}</span>{' '}<span class="small quiet" safe>{limit.article}</span>
    {limit.note === null ? '' : <p class="small muted" safe>{inLanguage(limit.note, frame.language)}</p>}
  </>
)

export const GuideTime = ({ item, frame }: Props): Markup => {
  const { t, text } = tools(frame)
  return (
    <section id="time" aria-labelledby="h-time">
      <h2 id="h-time" safe>{t('time')}</h2>
      <SummaryList facts={facts([
        [t('lawLimit'), item.statutoryLimit === null ? t('noLimit') : limitSlot(item.statutoryLimit, frame)],
        item.promisedLimit === null ? null : [t('promiseLimit'), limitSlot(item.promisedLimit, frame)],
        item.promisedLimit?.amount === 0 ? null : [t('trigger'), t(`trigger_${item.trigger}`)],
        item.preReviewLimit === null ? null : [t('preReview'), limitSlot(item.preReviewLimit, frame)],
        item.deliveryLimit === null ? null : [t('delivery'), limitSlot(item.deliveryLimit, frame)],
        [t('visits'), item.requiredVisits === 0 ? t('visitsNone') : () => <><span safe>{t('visitsTimes', { n: item.requiredVisits })}</span>{item.requiredVisitsReason === null ? '' : <span class="small muted" safe>{` ${text(item.requiredVisitsReason)}`}</span>}</>],
        item.batchWindows.length === 0 ? null : [t('windows'), item.batchWindows.map((w) => `${text(w.name)} ${shortDay(`2000-${w.from}`, frame.language)}—${shortDay(`2000-${w.to}`, frame.language)}`).join('；')],
      ])} />
      {item.specialProcedures.length === 0 ? '' : (
        <>
          <h3 safe>{t('stops')}</h3>
          <ul>{item.specialProcedures.map((special) => <li><strong safe>{text(special.name)}</strong>{' '}<span safe>{text(special.notice)}</span>{' '}<span class="small quiet" safe>{special.article}</span></li>)}</ul>
        </>
      )}
    </section>
  )
}

export const GuideCost = ({ item, frame }: Props): Markup => {
  const { t, text } = tools(frame)
  return (
    <section id="cost" aria-labelledby="h-cost">
      <h2 id="h-cost" safe>{t('cost')}</h2>
      {item.fees.length === 0 ? <p safe>{t('free')}</p> : item.fees.map((fee) => (
        <>
          <SummaryList facts={facts([
            [text(fee.name), () => <><strong safe>{fee.amountFen === null ? text(fee.standard) : money(fee.amountFen, frame.language)}</strong>{fee.amountFen === null ? '' : <p class="small muted" safe>{text(fee.standard)}</p>}<p class="small quiet" safe>{fee.basis}</p></>],
            fee.reductions.length === 0 ? null : [t('reductions'), () => <ul>{fee.reductions.map((reduction) => <li><span safe>{`${text(reduction.reason)}：${money(reduction.amountFen, frame.language)}`}</span>{' '}<span class="small quiet" safe>{reduction.article}</span></li>)}</ul>],
          ])} />
        </>
      ))}
      {item.onlinePayment && item.fees.length > 0 ? <p safe>{t('onlinePay')}</p> : ''}
    </section>
  )
}

export const GuideWhere = ({ item, frame, hallPath }: Props & { hallPath: (siteCode: string) => string | null }): Markup => {
  const { t, text } = tools(frame)
  const { language } = frame
  return (
    <section id="where" aria-labelledby="h-where">
      <h2 id="h-where" safe>{t('where')}</h2>
      <SummaryList facts={facts([
        [t('modes'), item.handlingModes.map((mode) => HANDLING_MODES.entries[mode][language]).join(language === 'zh' ? '、' : ', ')],
        [t('depth'), ONLINE_DEPTHS.entries[item.onlineDepth][language]],
        [t('cross'), CROSS_REGIONS.entries[item.crossRegion][language]],
        item.appointment ? [t('appointment'), t('supported')] : null,
        item.selfServiceTerminal ? [t('selfServiceTerminal'), t('supported')] : null,
        item.verticalSystem === null ? null : [t('vertical'), t(item.verticalSystem.leadership === 'vertical' ? 'verticalThere' : 'verticalHere', { system: text(item.verticalSystem.name), authority: text(item.verticalSystem.authority) })],
        item.acceptingBody === null ? null : [t('acceptingBody'), t(item.acceptingBody.by === 'ownDuty' ? 'acceptingOwn' : 'acceptingEntrusted', { article: item.acceptingBody.article })],
        item.inPersonOnly === null ? null : [t('inPerson'), `${text(item.inPersonOnly.reason)}（${item.inPersonOnly.article}）`],
      ])} />
      {item.places.length === 0 ? '' : (
        <Table stack caption={t('hall')} captionHidden columns={[{ head: t('hall') }, { head: t('counter') }, { head: t('address') }, { head: t('hours') }]}
          rows={bySite(item.places).map(([place, ...others]) => ({ cells: [
            hallSlot(hallPath(place.siteCode), text(place.site)),
            () => <>{[place, ...others].map((one) => <span class="line" safe>{text(one.counter)}</span>)}</>,
            text(place.address), text(place.hours),
          ] }))} />
      )}
      {item.deliveryByMail ? <p safe>{t('mail')}</p> : ''}
    </section>
  )
}

const hallSlot = (path: string | null, name: string): Slot => (path === null ? name : () => <a href={safeAddress(path)} safe>{name}</a>)

/** Counters of one hall stand in one row. */
function bySite(places: Item['places']): [Item['places'][number], ...Item['places']][] {
  const sites = new Map<string, [Item['places'][number], ...Item['places']]>()
  for (const place of places) {
    const there = sites.get(place.siteCode)
    if (there === undefined) sites.set(place.siteCode, [place])
    else there.push(place)
  }
  return [...sites.values()]
}

/** The picture comes from the house's own renderer over the net that executes; its words stand beneath for who cannot see it. */
export const GuideFlow = ({ item, flow, frame }: Props & { flow: Drawn | null }): Markup => {
  const { t } = tools(frame)
  return (
    <section id="flow" aria-labelledby="h-flow">
      <h2 id="h-flow" safe>{t('flow')}</h2>
      {flow === null ? <p safe>{t('flowNone')}</p> : (
        <FlowChart svg={flow.svg} steps={flow.steps} label={t('flowBox')} stepsTitle={t('flowSteps')}
          caption={<><span safe>{t('flowCaption', { version: flow.version })}</span>{' '}<a class="no-print" href={`/items/${part(item.code)}/flow.svg`} safe>{t('flowAlone')}</a></>} />
      )}
    </section>
  )
}

export const GuideResult = ({ item, frame }: Props): Markup => {
  const { t, text } = tools(frame)
  const { result } = item
  if (result === null) return ''
  return (
    <section id="result" aria-labelledby="h-result">
      <h2 id="h-result" safe>{t('result')}</h2>
      <SummaryList facts={facts([
        [t('resultName'), () => <><span safe>{text(result.name)}</span>{result.sample === null ? '' : <>{' '}<a class="no-print" href={safeAddress(result.sample)} safe>{t('resultSample')}</a></>}</>],
        [t('resultType'), RESULT_TYPES.entries[result.type][frame.language]],
        result.validity === null ? null : [t('validity'), text(result.validity)],
      ])} />
    </section>
  )
}

export const GuideBasis = ({ item, frame }: Props): Markup => {
  const { t, text } = tools(frame)
  const { language } = frame
  const join = (list: readonly string[]): string => list.join(language === 'zh' ? '、' : ', ')
  return (
    <section id="basis" aria-labelledby="h-basis">
      <h2 id="h-basis" safe>{t('basis')}</h2>
      {item.legalBasis.map((basis) => (
        <blockquote class="law">
          <cite lang="zh-CN" safe>{`《${basis.law.replace(/^《|》$/g, '')}》${basis.article === null ? '' : ` ${basis.article}`}`}</cite>
          {basis.text === null ? '' : <p lang="zh-CN" safe>{basis.text}</p>}
        </blockquote>
      ))}
      <SummaryList facts={facts([
        [t('body'), () => <><a href={`/departments/${part(item.implementingBody.code)}`} safe>{text(item.implementingBody.name)}</a><span class="small muted" safe>{` ${BODY_NATURES.entries[item.implementingBody.nature][language]}`}</span></>],
        item.delegatingBody === null ? null : [t('delegating'), text(item.delegatingBody.name)],
        item.handlingBody === null ? null : [t('handlingBody'), text(item.handlingBody.name)],
        item.powerContent === null ? null : [t('powerContent'), text(item.powerContent)],
        item.powerDivision === null ? null : [t('powerDivision'), text(item.powerDivision)],
        item.coDepartments.length === 0 ? null : [t('co'), join(item.coDepartments.map((department) => text(department.name)))],
        [t('type'), ITEM_TYPES.entries[item.itemType][language]],
        [t('power'), POWER_SOURCES.entries[item.powerSource][language]],
        [t('level'), EXERCISE_LEVELS.entries[item.exerciseLevel][language]],
        [t('targets'), join(item.serviceTargets.map((target) => SERVICE_TARGETS.entries[target][language]))],
        [t('quantity'), item.quantityLimit === null ? t('none') : text(item.quantityLimit)],
        [t('intermediary'), item.intermediary === null ? t('none') : text(item.intermediary.name)],
      ])} />
    </section>
  )
}

export const GuideRemedy = ({ item, frame }: Props): Markup => {
  const { t, text } = tools(frame)
  const phone = (channel: Item['consultation']): Slot => () => (
    <><a href={`tel:${channel.phone.replace(/[^0-9+-]/g, '')}`} safe>{channel.phone}</a>{channel.counter === null ? '' : <span safe>{` · ${text(channel.counter)}`}</span>}{channel.url === null ? '' : <>{' · '}<a href={safeAddress(channel.url)} safe>{channel.url.startsWith('/') ? t('onThisSite') : channel.url}</a></>}</>
  )
  return (
    <>
      <section id="remedy" aria-labelledby="h-remedy">
        <h2 id="h-remedy" safe>{t('remedy')}</h2>
        <SummaryList facts={facts([[t('reconsideration'), text(item.remedy.reconsideration)], [t('litigation'), text(item.remedy.litigation)]])} />
      </section>
      <section id="contact" aria-labelledby="h-contact">
        <h2 id="h-contact" safe>{t('contact')}</h2>
        <SummaryList facts={facts([[t('consult'), phone(item.consultation)], [t('complain'), phone(item.complaint)]])} />
      </section>
    </>
  )
}

export const GuideFaq = ({ item, frame }: Props): Markup => {
  const { t, text } = tools(frame)
  if (item.faqs.length === 0) return ''
  return (
    <section id="faq" aria-labelledby="h-faq">
      <h2 id="h-faq" safe>{t('faq')}</h2>
      {item.faqs.map((faq) => <details><summary safe>{text(faq.question)}</summary><p safe>{text(faq.answer)}</p></details>)}
    </section>
  )
}

export const GuideVersions = ({ item, frame }: Props): Markup => {
  const { t } = tools(frame)
  return (
    <section id="versions" aria-labelledby="h-versions">
      <h2 id="h-versions" safe>{t('versions')}</h2>
      <p><span safe>{t('versionLine', { version: item.version, from: longDay(item.effectiveFrom, frame.language) })}</span>{' '}<a href={`/items/${part(item.code)}/versions`} safe>{t('versionsLink')}</a></p>
    </section>
  )
}
