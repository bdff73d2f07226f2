import type { Language } from '../../base/text.ts'
import type { DefinitionNode } from './definition.ts'
import type { Box } from './layout.ts'
import { escapeXml, round, textBlock, wrap, wrapEvenly } from './svg-text.ts'

export const PALETTE = { ink: '#1b1b1d', ink2: '#4a4a50', paper: '#fff', paper2: '#f7f5f0', rule: '#dcd8cf', cinnabar: '#a8242b', jade: '#1d6f54' } as const

export interface Look { readonly name: string; readonly live: boolean; readonly done: boolean; readonly language: Language; readonly label: Box | null; readonly open: boolean; readonly edged: boolean }

export function drawNode(node: DefinitionNode, box: Box, look: Look): string {
  const state = look.live ? ' pd-live' : look.done ? ' pd-done' : ''
  const drawn = node.type.endsWith('Gateway') ? gateway(node, box, look) : node.type.endsWith('Event') ? event(node, box, look) : look.open ? openSubProcess(box, look) : task(node, box, look)
  const spoken = `${look.name}${look.live ? (look.language === 'zh' ? '（当前环节）' : ' (current step)') : look.done ? (look.language === 'zh' ? '（已完成）' : ' (done)') : ''}`
  return `<g class="pd-node pd-${escapeXml(node.type)}${state}">${look.name === '' ? '' : `<title>${escapeXml(spoken)}</title>`}${drawn}${look.live ? flag(box, look.language) : ''}</g>`
}

function edge(look: Look): string {
  if (look.live) return `stroke="${PALETTE.cinnabar}" stroke-width="3"`
  return look.done ? `stroke="${PALETTE.jade}" stroke-width="1.6"` : `stroke="${PALETTE.ink}" stroke-width="1.3"`
}
const fill = (look: Look) => (look.done && !look.live ? PALETTE.paper2 : PALETTE.paper)

function task(node: DefinitionNode, box: Box, look: Look): string {
  const { applicantWait, suspensionGround, workingDays } = node.extension
  const waits = applicantWait === true || suspensionGround !== undefined
  const parts = [`<rect class="pd-shape" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="8" fill="${fill(look)}" ${edge(look)}${waits ? ' stroke-dasharray="6 4"' : ''}/>`]
  if (node.type === 'callActivity') parts.push(`<rect x="${box.x + 3}" y="${box.y + 3}" width="${box.width - 6}" height="${box.height - 6}" rx="6" fill="none" ${edge({ ...look, live: false })}/>`)
  const note = waits ? (look.language === 'zh' ? '不计时' : 'clock stopped') : workingDays !== undefined && workingDays > 0 ? days(workingDays, look.language) : null
  const multiple = node.multiInstance || node.type === 'subProcess'
  const foot = (note === null ? 0 : 16) + (multiple ? 12 : 0) + (look.edged ? 12 : 0)
  const room = box.height - foot - 8
  const size = wrap(look.name, box.width - 16, 13.5, 9).length * 17.6 <= room ? 13.5 : 11.5
  const lines = wrapEvenly(look.name, box.width - (size === 13.5 ? 16 : 10), size, Math.max(1, Math.floor(room / (size * 1.3))))
  parts.push(textBlock(lines, box.x + box.width / 2, box.y + 4 + room / 2, size, { className: 'pd-name', fill: PALETTE.ink, bold: look.live }))
  if (note !== null) parts.push(textBlock([note], box.x + box.width / 2, box.y + box.height - 12 - (multiple ? 10 : 0) - (look.edged ? 12 : 0), 11, { className: 'pd-note', fill: PALETTE.ink2 }))
  if (node.multiInstance) parts.push(`<path d="M${box.x + box.width / 2 - 4} ${box.y + box.height - 12}v9m4 -9v9m4 -9v9" fill="none" stroke="${PALETTE.ink2}" stroke-width="1.6"/>`)
  else if (node.type === 'subProcess') parts.push(`<path d="M${box.x + box.width / 2 - 6} ${box.y + box.height - 14}h12v12h-12zm6 2v8m-4 -4h8" fill="none" stroke="${PALETTE.ink2}" stroke-width="1.2"/>`)
  if (look.done && !look.live) parts.push(tick(box.x + box.width - 4, box.y + 4))
  return parts.join('')
}

function openSubProcess(box: Box, look: Look): string {
  return `<rect class="pd-shape" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="10" fill="${PALETTE.paper2}" ${edge(look)}/>`
    + textBlock(wrap(look.name, box.width - 24, 13, 1), box.x + box.width / 2, box.y + 18, 13, { className: 'pd-name', fill: PALETTE.ink, bold: true })
}

const days = (count: number, language: Language) => (language === 'zh' ? `${count} 个工作日` : `${count} working day${count === 1 ? '' : 's'}`)

function gateway(node: DefinitionNode, box: Box, look: Look): string {
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2]
  const r = Math.min(box.width, box.height)
  const sign: Readonly<Record<string, string>> = {
    exclusiveGateway: `<path d="M${round(cx - r * 0.15)} ${round(cy - r * 0.15)}l${round(r * 0.3)} ${round(r * 0.3)}m0 ${round(-r * 0.3)}l${round(-r * 0.3)} ${round(r * 0.3)}" fill="none" stroke="${PALETTE.ink}" stroke-width="2.4"/>`,
    parallelGateway: `<path d="M${cx} ${round(cy - r * 0.22)}v${round(r * 0.44)}M${round(cx - r * 0.22)} ${cy}h${round(r * 0.44)}" fill="none" stroke="${PALETTE.ink}" stroke-width="2.4"/>`,
    inclusiveGateway: `<circle cx="${cx}" cy="${cy}" r="${round(r * 0.2)}" fill="none" stroke="${PALETTE.ink}" stroke-width="2.4"/>`,
    eventBasedGateway: `<circle cx="${cx}" cy="${cy}" r="${round(r * 0.26)}" fill="none" stroke="${PALETTE.ink}" stroke-width="1.2"/><circle cx="${cx}" cy="${cy}" r="${round(r * 0.2)}" fill="none" stroke="${PALETTE.ink}" stroke-width="1.2"/>`,
  }
  return `<polygon class="pd-shape" points="${cx},${box.y} ${box.x + box.width},${cy} ${cx},${box.y + box.height} ${box.x},${cy}" fill="${fill(look)}" ${edge(look)}/>${sign[node.type] ?? ''}${caption(box, look)}`
}

function event(node: DefinitionNode, box: Box, look: Look): string {
  const [cx, cy, r] = [box.x + box.width / 2, box.y + box.height / 2, Math.min(box.width, box.height) / 2]
  const end = node.type === 'endEvent'
  const ring = look.live ? edge(look) : `stroke="${look.done ? PALETTE.jade : PALETTE.ink}" stroke-width="${end ? 3.2 : 1.3}"`
  const dashed = node.type === 'boundaryEvent' && !node.interrupting ? ' stroke-dasharray="4 3"' : ''
  const inner = /^(intermediate|boundary)/.test(node.type) ? `<circle cx="${cx}" cy="${cy}" r="${round(r - 3.5)}" fill="none" stroke="${PALETTE.ink}" stroke-width="1.1"${dashed}/>` : ''
  const kind = node.events[0]
  const icon = kind === 'timerEventDefinition' ? `<path d="M${cx} ${round(cy - r * 0.45)}V${cy}l${round(r * 0.3)} ${round(r * 0.2)}" fill="none" stroke="${PALETTE.ink}" stroke-width="1.5"/><circle cx="${cx}" cy="${cy}" r="${round(r * 0.56)}" fill="none" stroke="${PALETTE.ink}" stroke-width="1.1"/>`
    : kind === 'messageEventDefinition' ? `<path d="M${round(cx - r * 0.48)} ${round(cy - r * 0.32)}h${round(r * 0.96)}v${round(r * 0.64)}h${round(-r * 0.96)}zl${round(r * 0.48)} ${round(r * 0.36)}l${round(r * 0.48)} ${round(-r * 0.36)}" fill="none" stroke="${PALETTE.ink}" stroke-width="1.2"/>`
    : kind === 'errorEventDefinition' ? `<path d="M${round(cx - r * 0.45)} ${round(cy + r * 0.4)}l${round(r * 0.28)} ${round(-r * 0.72)}l${round(r * 0.3)} ${round(r * 0.42)}l${round(r * 0.3)} ${round(-r * 0.5)}" fill="none" stroke="${PALETTE.ink}" stroke-width="1.5"/>`
    : kind === 'terminateEventDefinition' ? `<circle cx="${cx}" cy="${cy}" r="${round(r * 0.55)}" fill="${PALETTE.ink}"/>` : ''
  return `<circle class="pd-shape" cx="${cx}" cy="${cy}" r="${round(r)}" fill="${fill(look)}" ${ring}${dashed}/>${inner}${icon}${caption(box, look)}`
}

/** The name of an event or gateway: where the drawing puts it, else below. */
function caption(box: Box, look: Look): string {
  if (look.name === '') return ''
  const lines = wrapEvenly(look.name, Math.max(look.label?.width ?? 0, 100), 12, 3)
  const half = (lines.length * 15.6) / 2
  const { label } = look
  const [below, above] = [box.y + box.height + 4 + half, box.y - 4 - half]
  // Other tools reserve other room: our text is never set over the shape it belongs to.
  const beside = label !== null && (label.x + label.width / 2 < box.x || label.x + label.width / 2 > box.x + box.width)
  const y = label === null ? below : beside ? label.y + label.height / 2 : label.y + label.height / 2 > box.y + box.height / 2 ? Math.max(below, label.y + half) : Math.min(above, label.y + label.height - half)
  const x = label === null ? box.x + box.width / 2 : label.x + label.width / 2
  return textBlock(lines, x, y, 12, { className: 'pd-caption', fill: PALETTE.ink, halo: true })
}

const tick = (x: number, y: number) => `<circle class="pd-tick" cx="${x}" cy="${y}" r="9" fill="${PALETTE.jade}"/><path d="M${x - 4} ${y}l3 3.2l5.4 -6" fill="none" stroke="#fff" stroke-width="2"/>`

/** A flag with the word, pointing down at the live step: shape and text beside the colour. */
function flag(box: Box, language: Language): string {
  const word = language === 'zh' ? '当前' : 'Now'
  const [cx, y] = [box.x + box.width / 2, box.y - 4]
  return `<g class="pd-flag"><path d="M${cx - 22} ${y - 26}h44v18h-16l-6 7l-6 -7h-16z" fill="${PALETTE.cinnabar}"/>${textBlock([word], cx, y - 17, 12, { className: 'pd-flag-word', fill: '#fff', bold: true })}</g>`
}
