import type { Language } from '../../base/text.ts'
import type { Markup } from './html.ts'

/** Two characters in a frame, decoration beside text: cinnabar for the state's voice, jade for what is open. */
export const SealMark = ({ colour, text }: { colour: 'cinnabar' | 'jade'; text: string }): Markup => (
  <span class={`seal seal-${colour}`} aria-hidden="true" lang="zh-CN" safe>{text}</span>
)

/** 演示 DEMO, on every page of the demo district. */
export const DemoMark = ({ language }: { language: Language }): Markup => (
  <span class="demo" title={language === 'zh' ? '演示系统，不是真实的政府网站' : 'A demonstration, not a real government site'}>演示 DEMO</span>
)

/**
 * The picture of an organ's seal on a page or paper. In the demo it is visibly not real: the word stands across it.
 * `name` stands along the bottom as plain text, since a ring of text says nothing to a screen reader.
 */
export const Stamp = ({ name, demo }: { name: string; demo: boolean }): Markup => (
  <svg class="stamp" viewBox="0 0 144 144" role="img" aria-label={demo ? `${name}（演示章，无效力）` : name}>
    <circle cx="72" cy="72" r="68" fill="none" stroke="currentColor" stroke-width="4" />
    <path d="M72 38l8 24h25l-20 15 8 24-21-15-21 15 8-24-20-15h25z" fill="currentColor" opacity={demo ? '0.25' : '1'} />
    <text x="72" y="119" font-size={Math.min(11, Math.floor(880 / [...name].length) / 10)} text-anchor="middle" safe>{name}</text>
    {demo ? <text x="72" y="80" font-size="21" font-weight="700" text-anchor="middle">演示 DEMO</text> : ''}
  </svg>
)
