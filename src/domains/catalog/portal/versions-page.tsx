import { differing } from '../change-contract.ts'
import type { FieldChange, Item } from '../contract.ts'
import { Button, EmptyState, inLanguage, Layout, longDay, part, Table, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { VersionEntry } from './deps.ts'
import { limitText } from '../limits.ts'
import { guideSay } from './messages.ts'
import { Limit } from '../contract.ts'
import type { Language } from '../../../base/text.ts'

const crumbs = (item: Item, frame: Frame) => [{ text: guideSay(frame.language)('items'), href: '/items' }, { text: inLanguage(item.name, frame.language), href: `/items/${part(item.code)}` }]

/** Every published version of a guide, newest first, each comparable with the one before. */
export const VersionsPage = ({ item, versions, frame }: { item: Item; versions: readonly VersionEntry[]; frame: Frame }): Markup => {
  const { language } = frame
  const t = guideSay(language)
  return (
    <Layout frame={frame} title={`${t('versions')} · ${inLanguage(item.name, language)}`} current="items" crumbs={crumbs(item, frame)}>
      <h1 safe>{t('versions')}</h1>
      <p class="lede" safe>{inLanguage(item.name, language)}</p>
      <Table stack caption={t('versions')} captionHidden columns={[{ head: t('versionCol') }, { head: t('inForce') }, { head: t('compare') }]}
        rows={versions.map((entry, i) => {
          const older = versions[i + 1]
          return { cells: [
            t('before', { n: entry.version }),
            entry.effectiveTo === null ? t('since', { from: longDay(entry.effectiveFrom, language) }) : t('until', { from: longDay(entry.effectiveFrom, language), to: longDay(entry.effectiveTo, language) }),
            older === undefined ? t('first') : () => <a href={`/items/${part(item.code)}/diff?from=${older.version}&to=${entry.version}`} safe>{t('compareLink', { from: older.version, to: entry.version })}</a>,
          ] }
        })} />
      <p><Button text={t('guideOf')} href={`/items/${part(item.code)}`} look="plain" /></p>
    </Layout>
  )
}

/** What two versions of a guide say differently, side by side. */
export const DiffPage = ({ item, from, to, changes, frame }: { item: Item; from: number; to: number; changes: readonly FieldChange[]; frame: Frame }): Markup => {
  const { language } = frame
  const t = guideSay(language)
  const title = t('diffTitle', { from, to })
  return (
    <Layout frame={frame} title={`${title} · ${inLanguage(item.name, language)}`} current="items" crumbs={[...crumbs(item, frame), { text: t('versions'), href: `/items/${part(item.code)}/versions` }]}>
      <h1 safe>{title}</h1>
      <p class="lede" safe>{`${inLanguage(item.name, language)}。${changes.length === 0 ? '' : t('diffCount', { n: changes.length })}`}</p>
      {changes.length === 0 ? <EmptyState title={t('diffNone')} /> : changes.map((change) => <Changed change={change} from={from} to={to} frame={frame} />)}
    </Layout>
  )
}

const Changed = ({ change, from, to, frame }: { change: FieldChange; from: number; to: number; frame: Frame }): Markup => {
  const t = guideSay(frame.language)
  const [before, after] = differing(change.before, change.after)
  return (
    <section>
      <h2 safe>{inLanguage(change.label, frame.language)}</h2>
      <dl class="before-after">
        <div><dt safe>{t('before', { n: from })}</dt><dd><del><Value value={before} frame={frame} /></del></dd></div>
        <div class="after"><dt safe>{t('before', { n: to })}</dt><dd><ins><Value value={after} frame={frame} /></ins></dd></div>
      </dl>
    </section>
  )
}

const Value = ({ value, frame }: { value: unknown; frame: Frame }): Markup => {
  const lines = linesOf(value, frame.language)
  if (lines.length === 0) return <span class="quiet" safe>{guideSay(frame.language)('nothing')}</span>
  return <>{lines.map((line) => <span><span safe>{line}</span><br /></span>)}</>
}

/** Any value of a guide in words, a line each: names before codes, limits as people read them. */
export function linesOf(value: unknown, language: Language): string[] {
  if (value === null || value === undefined || value === '') return []
  if (typeof value === 'boolean') return [language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no']
  if (typeof value !== 'object') return [String(value)]
  if (Array.isArray(value)) return value.flatMap((entry) => linesOf(entry, language))
  const limit = Limit.safeParse(value)
  if (limit.success) return [`${limitText(limit.data)[language]}（${limit.data.article}）`]
  if ('zh' in value && 'en' in value) return [inLanguage(value as { zh: string; en: string }, language)]
  return Object.values(value).flatMap((entry) => linesOf(entry, language))
}
