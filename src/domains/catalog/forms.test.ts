import { evaluate } from 'feelin'
import { expect, test } from 'vitest'
import { readForms } from './demo/forms.ts'
import { DATA_ELEMENTS } from './elements.ts'
import { validateForm, valuesFromFields, visibleFields } from './forms.ts'

const forms = new Map(readForms().map((form) => [form.id, form]))
const food = forms.get('foodBusiness')!
const shop = { businessName: '老街面馆', address: '西城区演示路 9 号', area: 80.5, contactPhone: '13900000001', foodVenue: 'catering', foodCategories: ['热食类制售'], coldDishes: false }
const faults = (values: Record<string, unknown>, form = food) => validateForm(form, values).map((one) => [one.path, one.code])

test('a whole form has nothing wrong with it', () => expect(faults(shop)).toEqual([]))

test('what is missing is asked for, field by field', () => {
  expect(faults({})).toEqual([
    ['/form/businessName', 'form/required'], ['/form/address', 'form/required'], ['/form/area', 'form/required'], ['/form/contactPhone', 'form/required'],
    ['/form/foodVenue', 'form/required'], ['/form/foodCategories', 'form/required'],
  ])
})

test('a condition makes a field required, another hides it', () => {
  expect(faults({ ...shop, coldDishes: true })).toEqual([['/form/dedicatedRoomArea', 'form/required']])
  expect(faults({ ...shop, foodVenue: 'retail' })).toEqual([['/form/coldDishes', 'form/hidden']])
  expect(visibleFields(food, { foodVenue: 'retail' })).not.toContain('coldDishes')
})

test('a check over two fields says its own sentence', () => {
  const [error] = validateForm(food, { ...shop, coldDishes: true, dedicatedRoomArea: 4 })
  expect(error).toMatchObject({ path: '/form/dedicatedRoomArea', code: 'form/check', message: { zh: '专间面积不小于五平方米且小于经营面积' } })
  expect(faults({ ...shop, coldDishes: true, dedicatedRoomArea: 5 })).toEqual([])
})

test('what is not of its type says so itself, and is not compared with anything', () => {
  for (const wrong of [true, { a: 1 }, ['1'], 'many', '2026-03-02']) {
    expect([wrong, faults({ ...shop, coldDishes: true, dedicatedRoomArea: 5, area: wrong })]).toEqual([wrong, [['/form/area', 'form/area'], ['/form/dedicatedRoomArea', 'form/check']]])
    if (wrong !== true) expect([wrong, faults({ ...shop, coldDishes: wrong })]).toEqual([wrong, [['/form/coldDishes', 'form/boolean']]])
  }
})

test('an unknown field is refused, not dropped', () => expect(faults({ ...shop, colour: 'red' })).toEqual([['/form/colour', 'form/unknown']]))

test('every type says no to what is not of it', () => {
  expect(faults({ ...shop, area: 80.555 })).toEqual([['/form/area', 'form/area']])
  expect(faults({ ...shop, area: '80' })).toEqual([['/form/area', 'form/area']])
  expect(faults({ ...shop, contactPhone: '12' })).toEqual([['/form/contactPhone', 'form/phone']])
  expect(faults({ ...shop, foodVenue: 'bar', coldDishes: undefined })).toEqual([['/form/foodVenue', 'form/enum']])
  expect(faults({ ...shop, coldDishes: 'yes' })).toEqual([['/form/coldDishes', 'form/boolean']])
  expect(faults({ ...shop, foodCategories: '热食' })).toEqual([['/form/foodCategories', 'form/list']])
  expect(faults({ ...shop, businessName: '长'.repeat(101) })).toEqual([['/form/businessName', 'form/long']])
  expect(faults({ ...shop, employees: -1 })).toEqual([['/form/employees', 'form/min']])
  expect(faults({ ...shop, businessName: '\u0000' })).toEqual([['/form/businessName', 'form/text']])
  expect(faults({ spouseName: '某', spouseId: '110102189504120020', firstMarriage: true, contactPhone: '13900000001' }, forms.get('marriage')!)).toEqual([['/form/spouseId', 'form/residentId']])
  expect(faults({ performanceName: '演出', venueName: '剧场', shows: 1, audience: 10, contactPhone: '13900000001', startOn: '2026-02-30', endOn: '2026-03-01' }, forms.get('performance')!)[0]).toEqual(['/form/startOn', 'form/day'])
})

test('posted text becomes typed values: yuan to fen, lists by separator; what does not read stays text', () => {
  expect(valuesFromFields(food, { area: '80.5', foodCategories: '热食类、自制饮品', coldDishes: 'false', employees: 'many', businessName: ' 老街面馆 ', address: '' }))
    .toEqual({ area: 80.5, foodCategories: ['热食类', '自制饮品'], coldDishes: false, employees: 'many', businessName: '老街面馆' })
  expect(valuesFromFields(forms.get('company')!, { registeredCapital: '1000000.50' })).toEqual({ registeredCapital: 100000050 })
})

test('every FEEL condition of the demo’s forms reads, and names only fields of its own form', () => {
  for (const form of forms.values()) {
    const fields = form.sections.flatMap((section) => section.fields)
    const names = new Set([...fields.map((field) => field.id), 'date', 'and', 'or', 'not', 'true', 'false', 'string', 'length'])
    for (const field of fields) for (const expression of [field.visibleWhen, field.requiredWhen, field.check?.expression]) {
      if (expression === undefined) continue
      expect(() => evaluate(expression, {}), expression).not.toThrow()
      const used = expression.replace(/"[^"]*"/g, '').match(/[A-Za-z][A-Za-z]*/g) ?? []
      expect(used.filter((name) => !names.has(name)), `${form.id}.${field.id}: ${expression}`).toEqual([])
    }
  }
})

test('a data element means one thing: no name stands twice, every choice has labels', () => {
  expect(new Set(DATA_ELEMENTS.map((one) => one.id)).size).toBe(DATA_ELEMENTS.length)
  expect(DATA_ELEMENTS.filter((one) => (one.type === 'enum') !== (one.options !== undefined))).toEqual([])
})
