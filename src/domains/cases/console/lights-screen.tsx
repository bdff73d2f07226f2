import { get } from '../../../kit/console/api.ts'
import { ExportButton, type Export } from '../../../kit/console/export-button.tsx'
import { Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { pageOf, Pager } from '../../../kit/console/pager.tsx'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { writtenDay } from '../../../base/civil-day.ts'
import { LIGHT_APPEAL_GROUND_NAMES, LIGHT_OUTCOME_NAMES, type LightAppealEntry, type LightAppealList, type LightCount, type LightCounts } from '../lights/contract.ts'
import { CountedLightMark, useLightName, usePostWords } from './light-words.tsx'

const TEXTS = {
  title: { zh: '亮灯与申诉', en: 'Lights and appeals' }, lead: { zh: '红灯：到了最后一个工作日；黑灯：已经超期。记在岗位和环节上，不记在个人名下。', en: 'Red: down to the last working day; black: past due. Counted against post and step, never a person.' },
  counts: { zh: '按岗位和环节', en: 'By post and step' }, open: { zh: '待决定的申诉', en: 'Appeals to be judged' }, judged: { zh: '已决定的申诉', en: 'Appeals judged' }, views: { zh: '查看', en: 'View' },
  from: { zh: '亮灯日期自', en: 'Fell from' }, to: { zh: '至', en: 'to' },
  organisation: { zh: '机构', en: 'Organisation' }, role: { zh: '岗位', en: 'Post' }, step: { zh: '环节', en: 'Step' }, light: { zh: '灯', en: 'Light' }, fallen: { zh: '落灯', en: 'Fell' }, movedHere: { zh: '改记来', en: 'Moved here' }, appealed: { zh: '申诉中', en: 'Under appeal' }, withdrawn: { zh: '已撤销', en: 'Withdrawn' }, movedAway: { zh: '改记走', en: 'Moved away' }, counted: { zh: '计入', en: 'Counted' },
  caseNo: { zh: '办件编号', en: 'Case' }, item: { zh: '事项', en: 'Item' }, limit: { zh: '时限', en: 'Limit' }, post: { zh: '岗位和环节', en: 'Post and step' }, ground: { zh: '理由', en: 'Ground' }, on: { zh: '申诉日期', en: 'Appealed' }, judgeBy: { zh: '决定期限', en: 'Judge by' }, decidedOn: { zh: '决定日期', en: 'Judged' }, outcome: { zh: '决定', en: 'Decision' },
  noCounts: { zh: '这段时间没有亮过红灯和黑灯。', en: 'No red or black light fell in this span.' }, noOpen: { zh: '没有待决定的申诉。', en: 'No appeal waits to be judged.' }, noJudged: { zh: '还没有作出决定的申诉。', en: 'No appeal has been judged yet.' },
} as const
const VIEWS = ['counts', 'open', 'judged'] as const
const SIZE = 50

/** Lights of posts at their steps, those under appeal and those taken off set apart; and the appeals themselves. */
export default function LightsScreen() {
  const t = useSay(TEXTS)
  const { query } = useLocation()
  const shown = VIEWS.find((one) => one === query.get('view')) ?? 'counts'
  return (
    <Screen title={t('title')} lead={t('lead')}>
      <div className="mt-tabs-list" role="group" aria-label={t('views')}>
        {VIEWS.map((one) => <button key={one} type="button" aria-pressed={shown === one} onClick={() => setQuery({ view: one === 'counts' ? undefined : one, page: undefined })}>{t(one)}</button>)}
      </div>
      {shown === 'counts' ? <Counts /> : <Appeals key={shown} state={shown} />}
    </Screen>
  )
}

const NUMBERS = ['fallen', 'movedHere', 'appealed', 'withdrawn', 'movedAway', 'counted'] as const

function Counts() {
  const t = useSay(TEXTS)
  const text = useText()
  const light = useLightName()
  const { query } = useLocation()
  const asked = new URLSearchParams(['from', 'to'].flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : [])))
  const list = useLoaded<LightCounts>(`/api/v1/lights?${asked}`)
  useLive(['tasks'], list.reload)
  const exported: Export<LightCount> = {
    name: t('counts'), head: [t('organisation'), t('role'), t('step'), t('light'), ...NUMBERS.map((one) => t(one))], pages: 1, read: () => Promise.resolve(list.data?.rows ?? []),
    cells: (row) => [text(row.organisation), text(row.roleName), text(row.stepName), light(row.light), ...NUMBERS.map((one) => row[one])],
  }
  const day = (name: 'from' | 'to') => <Field spec={{ name, label: TEXTS[name], kind: 'day' }} value={list.data?.[name]} onChange={(value) => setQuery({ [name]: value as string | undefined })} />
  return (
    <>
      <div className="mt-row mt-filters">{day('from')}{day('to')}<div className="mt-field"><ExportButton of={exported} disabled={!list.data || list.data.rows.length === 0} /></div></div>
      <ProblemNote problem={list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : list.data.rows.length === 0 ? <Nothing>{t('noCounts')}</Nothing> : (
        <div className="mt-scroll">
          <table className="mt-table mt-stack">
            <caption className="mt-hidden">{t('counts')}</caption>
            <thead><tr><th scope="col">{t('organisation')}</th><th scope="col">{t('role')}</th><th scope="col">{t('step')}</th><th scope="col">{t('light')}</th>{NUMBERS.map((one) => <th key={one} scope="col" className="mt-number">{t(one)}</th>)}</tr></thead>
            <tbody>
              {list.data.rows.map((row) => (
                <tr key={`${row.organisation.zh} ${row.role} ${row.step} ${row.light}`}>
                  <td data-label={t('organisation')}>{text(row.organisation)}</td><td data-label={t('role')}>{text(row.roleName)}</td><td data-label={t('step')}>{text(row.stepName)}</td><td data-label={t('light')}><CountedLightMark light={row.light} /></td>
                  {NUMBERS.map((one) => <td key={one} data-label={t(one)} className={row[one] === 0 && one !== 'counted' ? 'mt-number mt-zero' : 'mt-number'}>{one === 'counted' ? <strong>{row[one]}</strong> : row[one] === 0 ? <span className="mt-quiet">0</span> : row[one]}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function Appeals({ state }: { readonly state: 'open' | 'judged' }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const post = usePostWords()
  const light = useLightName()
  const { query } = useLocation()
  const page = pageOf(query)
  const pathOf = (n: number) => `/api/v1/lights/appeals?state=${state}&page=${n}`
  const list = useLoaded<LightAppealList>(pathOf(page))
  useLive(['tasks'], list.reload)
  const total = list.data?.total ?? 0
  const outcome = (row: LightAppealEntry): string => (row.state === 'open' ? '' : text(LIGHT_OUTCOME_NAMES[row.state]))
  const exported: Export<LightAppealEntry> = {
    name: t(state), head: [t('caseNo'), t('item'), t('light'), t('limit'), t('post'), t('ground'), t('on'), ...(state === 'open' ? [t('judgeBy')] : [t('decidedOn'), t('outcome')])], pages: Math.ceil(total / SIZE), read: async (n) => (await get<LightAppealList>(pathOf(n))).appeals,
    cells: (row) => [row.caseNo, text(row.item), light(row.light), text(row.clockName), post(row), text(LIGHT_APPEAL_GROUND_NAMES[row.ground]), row.on, ...(state === 'open' ? [row.judgeBy] : [row.decidedOn ?? '', outcome(row)])],
  }
  return (
    <>
      <div className="mt-row"><ExportButton of={exported} disabled={total === 0} /></div>
      <ProblemNote problem={list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : list.data.appeals.length === 0 ? <Nothing>{t(state === 'open' ? 'noOpen' : 'noJudged')}</Nothing> : (
        <div className="mt-scroll">
          <table className="mt-table mt-stack">
            <caption className="mt-hidden">{t(state)}</caption>
            <thead><tr><th scope="col">{t('caseNo')}</th><th scope="col">{t('item')}</th><th scope="col">{t('light')}</th><th scope="col">{t('post')}</th><th scope="col">{t('ground')}</th><th scope="col">{t('on')}</th>{state === 'open' ? <th scope="col">{t('judgeBy')}</th> : <><th scope="col">{t('decidedOn')}</th><th scope="col">{t('outcome')}</th></>}</tr></thead>
            <tbody>
              {list.data.appeals.map((row) => (
                <tr key={`${row.caseNo} ${row.no}`}>
                  <td data-label={t('caseNo')} className="mt-no"><Link to={`/cases/${row.caseNo}`}>{row.caseNo}</Link></td><td data-label={t('item')}>{text(row.item)}</td>
                  <td data-label={t('light')}><div><CountedLightMark light={row.light} /><p className="mt-quiet">{text(row.clockName)}</p></div></td><td data-label={t('post')}>{post(row)}</td><td data-label={t('ground')}>{text(LIGHT_APPEAL_GROUND_NAMES[row.ground])}</td>
                  <td data-label={t('on')} className="mt-no">{writtenDay(row.on, language)}</td>
                  {state === 'open' ? <td data-label={t('judgeBy')} className="mt-no">{writtenDay(row.judgeBy, language)}</td> : <><td data-label={t('decidedOn')} className="mt-no">{row.decidedOn ? writtenDay(row.decidedOn, language) : ''}</td><td data-label={t('outcome')}>{outcome(row)}</td></>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} size={SIZE} total={total} />
    </>
  )
}
