import { MATERIAL_FORMS, MATERIAL_NECESSITIES, MATERIAL_SOURCES, type Item, type Material } from '../contract.ts'
import { inLanguage, Notice, safeAddress, Tag, type Frame, type Markup } from '../../../kit/portal/index.ts'
import { guideSay } from './messages.ts'

/** Conditions and materials: what to fulfil, what to bring, what the office fetches itself. */
export const GuideMaterials = ({ item, frame }: { item: Item; frame: Frame }): Markup => {
  const { language } = frame
  const t = guideSay(language)
  const shared = item.materials.filter((material) => !material.demanded).length
  return (
    <section id="materials" aria-labelledby="h-materials">
      <h2 id="h-materials" safe>{t('materials')}</h2>
      {item.acceptanceConditions.length === 0 ? '' : (
        <>
          <h3 safe>{t('conditions')}</h3>
          <ul>{item.acceptanceConditions.map((condition) => <li safe>{inLanguage(condition, language)}</li>)}</ul>
        </>
      )}
      <h3 safe>{t('materialsList')}</h3>
      <p safe>{item.materials.length === 0 ? t('materialsNone') : t('materialsCount', { all: item.materials.length, shared, bring: item.materials.length - shared })}</p>
      <ol class="materials">{item.materials.map((material) => <OneMaterial material={material} frame={frame} />)}</ol>
      {item.deferredAcceptance === null ? '' : <Notice kind="plain"><p safe>{t('deferred', { days: item.deferredAcceptance.workingDays, outcome: inLanguage(item.deferredAcceptance.outcome, language) })}</p></Notice>}
      {item.deferredAcceptanceNone === null ? '' : <p class="muted" safe>{inLanguage(item.deferredAcceptanceNone, language)}</p>}
      {item.commitment === null ? '' : (
        <Notice kind="act" title={t('commitmentTitle')}>
          <p safe>{inLanguage(item.commitment.letter, language)}</p>
          <p safe>{inLanguage(item.commitment.consequences, language)}</p>
          <p safe>{t('commitmentAfter', { check: item.commitment.afterCheckWorkingDays, rectify: item.commitment.rectificationWorkingDays })}</p>
          <p class="small muted" safe>{item.commitment.article}</p>
        </Notice>
      )}
      {item.publicSafety && item.itemType === '01' ? <Notice kind="plain"><p safe>{t('publicSafety')}</p></Notice> : ''}
    </section>
  )
}

const OneMaterial = ({ material, frame }: { material: Material; frame: Frame }): Markup => {
  const { language } = frame
  const t = guideSay(language)
  const text = (value: { zh: string; en: string }): string => inLanguage(value, language)
  const particulars = [
    MATERIAL_FORMS.entries[material.form][language],
    material.originals > 0 ? t('originals', { n: material.originals }) : '',
    material.copies > 0 ? t('copies', { n: material.copies }) : '',
    material.paperSize ?? '',
    MATERIAL_SOURCES.entries[material.source][language],
    material.issuer === null ? '' : t('issuer', { issuer: text(material.issuer) }),
    material.issuedWithin === null ? '' : text(material.issuedWithin),
  ].filter((part) => part !== '')
  return (
    <li class={material.demanded ? undefined : 'shared'} id={`material-${material.id}`}>
      <div>
        <h3>
          {material.demanded ? <span class="check" aria-hidden="true"></span> : ''}
          <span safe>{text(material.name)}</span>
          {material.demanded
            ? <Tag text={MATERIAL_NECESSITIES.entries[material.necessity][language]} />
            : <Tag text={t('shared')} colour="jade" />}
        </h3>
        {material.neededWhenText === null ? '' : <p safe>{t('neededWhen', { when: text(material.neededWhenText) })}</p>}
        <p safe>{text(material.requirements)}</p>
        {[material.instructions, material.usage, material.remarks].map((more) => (more === null ? '' : <p class="small muted" safe>{text(more)}</p>))}
        <p class="particulars">
          {material.sharedFrom === null ? '' : <span safe>{t('sharedFrom', { from: text(material.sharedFrom) })}</span>}
          {(material.demanded ? particulars : []).map((particular) => <span safe>{particular}</span>)}
          {material.basis === null ? '' : <span safe>{material.basis}</span>}
        </p>
        {material.demanded && (material.blankForm !== null || material.sample !== null) ? (
          <p class="particulars no-print">
            {material.blankForm === null ? '' : <a href={safeAddress(material.blankForm)}><span safe>{t('blankForm')}</span><span class="sr" safe>{` ${text(material.name)}`}</span></a>}
            {material.sample === null ? '' : <a href={safeAddress(material.sample)}><span safe>{t('sample')}</span><span class="sr" safe>{` ${text(material.name)}`}</span></a>}
          </p>
        ) : ''}
      </div>
    </li>
  )
}
