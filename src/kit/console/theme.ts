import type { ThemeConfig } from 'antd'

/** Ink on paper, two seals. The same values as the portal's tokens; rules instead of shadows. */
export const COLOURS = {
  ink: '#1b1b1d', ink2: '#4a4a50', ink3: '#63636b', paper: '#ffffff', paper2: '#f7f5f0', rule: '#dcd8cf', field: '#8a8578',
  cinnabar: '#a8242b', jade: '#1d6f54', green: '#2e7d32', yellow: '#b77900', red: '#c62828',
} as const

export function themeOf(elder: boolean): ThemeConfig {
  const fontSize = elder ? 20 : 16
  return {
    token: {
      colorPrimary: COLOURS.cinnabar, colorLink: COLOURS.jade, colorLinkHover: '#124a38', colorLinkActive: '#124a38', colorSuccess: COLOURS.green, colorWarning: COLOURS.yellow, colorError: COLOURS.red,
      colorInfo: COLOURS.jade, colorTextBase: COLOURS.ink, colorText: COLOURS.ink, colorTextSecondary: COLOURS.ink2, colorTextTertiary: COLOURS.ink3, colorTextDescription: COLOURS.ink3,
      colorTextPlaceholder: COLOURS.ink3, colorBgLayout: COLOURS.paper, colorBorder: COLOURS.field, colorBorderSecondary: COLOURS.rule, colorSplit: COLOURS.rule, colorFillAlter: COLOURS.paper2,
      borderRadius: 2, borderRadiusLG: 2, borderRadiusSM: 2, fontFamily: 'var(--sans)', fontSize, controlHeight: elder ? 52 : 40, lineHeight: 1.65, motion: false,
      boxShadow: `0 0 0 1px ${COLOURS.rule}`, boxShadowSecondary: `0 0 0 1px ${COLOURS.rule}, 0 6px 16px rgba(27,27,29,.08)`, boxShadowTertiary: 'none', wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Table: { headerBg: COLOURS.paper2, headerColor: COLOURS.ink2, cellPaddingBlock: elder ? 14 : 9, cellPaddingInline: 12, rowHoverBg: COLOURS.paper2 },
      Tabs: { itemSelectedColor: COLOURS.cinnabar, inkBarColor: COLOURS.cinnabar },
    },
  }
}
