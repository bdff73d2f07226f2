import { officer } from './officer.ts'

/** A picture of one dot, where any file will do. */
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
export const PUBLIC_BATHS = '公共场所卫生许可（新办）'

/** A person born in 1935 whom no case names yet, her check character counted with the weights of GB 11643. */
export function freshId(): string {
  const digits = (below: number, length: number): string => String(Math.floor(Math.random() * below)).padStart(length, '0')
  const body = `1101021935${['01', '03', '05', '07', '08', '10', '12'][Math.floor(Math.random() * 7)]!}1${digits(10, 1)}${digits(1000, 3)}`
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, i) => total + weight * Number(body[i]), 0)
  return `${body}${'10X98765432'[sum % 11]!}`
}

/** Filed at the counter with everything its guide demands. */
export async function filedBaths(applicant: Record<string, unknown> = {}): Promise<{ caseNo: string; trackCode: string }> {
  const clerk = await officer('clerk')
  const { items } = await clerk.get(`/api/v1/items?q=${encodeURIComponent(PUBLIC_BATHS)}`) as { items: { code: string; name: string }[] }
  const { code } = items.find((item) => item.name === PUBLIC_BATHS)!
  const { materials } = await clerk.get(`/api/v1/items/${code}`) as { materials: { id: string; demanded: boolean }[] }
  return await clerk.post('/api/v1/cases', {
    itemCode: code, channel: 'counter', commitment: false, service: { mode: 'counter', consent: false }, representative: null, agent: null, deferred: null,
    applicant: { kind: 'person', idType: '111', idNumber: freshId(), name: '顾长庚', phone: '13900000088', ...applicant },
    form: { venueName: '明堂浴池', placeKind: 'bath', address: '演示路 6 号', area: 120.5, employees: 8, contactPhone: '13900000088' },
    materials: materials.filter((material) => material.demanded).map((material) => ({ materialId: material.id, fileId: null, form: 'original', copies: 1 })),
  }) as { caseNo: string; trackCode: string }
}
