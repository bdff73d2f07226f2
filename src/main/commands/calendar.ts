import { isCivilDay, rfc3339 } from '../../base/civil-day.ts'
import { buildCalendar } from '../../kernel/calendar/build.ts'
import { calendarDue } from '../../kernel/calendar/commands.ts'
import { importCalendar } from '../../kernel/flow/import-calendar.ts'
import { Usage, type Arguments } from '../arguments.ts'
import { readNamedFile, type Command } from '../command.ts'

function period(args: Arguments): { workingDays: number } | { naturalDays: number } | { months: number } {
  const given = (['working-days', 'natural-days', 'months'] as const).filter((name) => args.value(name) !== undefined)
  if (given.length !== 1) throw new Usage('give exactly one of --working-days, --natural-days, --months')
  const text = args.value(given[0]!)!
  if (!/^\d{1,5}$/.test(text)) throw new Usage(`--${given[0]} must be a whole number, not ${text}`)
  const n = Number(text)
  return given[0] === 'working-days' ? { workingDays: n } : given[0] === 'natural-days' ? { naturalDays: n } : { months: n }
}

export const calendarDueCommand: Command = {
  name: 'calendar due', usage: 'calendar due --from DATE (--working-days N | --natural-days N | --months N) [--before] [--explain] [--json]',
  summary: { zh: '计算期限届满日，逐日说明', en: 'When a period ends, explained day by day' },
  run: async (args) => {
    const from = args.value('from')
    if (from === undefined || !isCivilDay(from)) throw new Usage('--from must be a day that exists, YYYY-MM-DD')
    // The announced calendar that ships with the product needs no database.
    const answer = calendarDue({ from, ...period(args), ...(args.flag('before') ? { before: true } : {}), ...(args.flag('explain') ? { explain: true } : {}) } as never, buildCalendar())
    const days = answer.days?.map((day) => `  ${day.date} ${day.counted ? '●' : '○'} ${day.reason} ${day.source}`).join('\n')
    return { json: answer, text: `${answer.due}${answer.provisional ? '（暂定 provisional）' : ''}${days ? `\n${days}` : ''}` }
  },
}

export const calendarImportCommand: Command = {
  name: 'calendar import', usage: 'calendar import FILE [--json]', summary: { zh: '导入一年放假安排并重算在办期限', en: 'Import a year’s notice and re-date open clocks' },
  run: async (args, open) => {
    const [file] = args.positional
    if (!file) throw new Usage('name the file of one year')
    const content = (await readNamedFile(file)).toString('utf8')
    const { house } = await open()
    const answer = await importCalendar(house, content)
    return { json: answer, text: `${answer.year}: ${answer.days} days, ${answer.clocksRedated} clocks re-dated (${rfc3339(house.time.now())})` }
  },
}
