import { type ThemeConfig, theme } from 'antd';

/** 石青, the mineral blue-green of old station gates; one warm accent, kept for what waits for somebody. */
const BRAND = '#14616b';

export function makeTheme(dark: boolean, large: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#4fa3ad' : BRAND,
      colorInfo: dark ? '#4fa3ad' : BRAND,
      colorLink: dark ? '#7cc4cd' : BRAND,
      colorLinkHover: dark ? '#a5dbe2' : '#0d474f',
      colorSuccess: dark ? '#5fb883' : '#1c6b3a',
      colorWarning: dark ? '#e0a84f' : '#8a5207',
      colorError: dark ? '#f08a7d' : '#a3291c',
      // The derived washes of so dark a green turn grey: these are our own.
      colorSuccessBg: dark ? '#17301f' : '#e6f3ea',
      colorSuccessBorder: dark ? '#2f6b45' : '#9cc9ab',
      colorWarningBg: dark ? '#35270f' : '#fcf3e2',
      colorWarningBorder: dark ? '#7a5a22' : '#e3c48f',
      colorErrorBg: dark ? '#3a1d19' : '#fbeae7',
      colorErrorBorder: dark ? '#7d3a31' : '#e2aaa2',
      colorInfoBg: dark ? '#1f3438' : '#e6f1f2',
      colorInfoBorder: dark ? '#3f666c' : '#a5cbd0',
      colorTextBase: dark ? '#eaf1f2' : '#17272b',
      colorBgBase: dark ? '#141f22' : '#ffffff',
      ...(dark
        ? {
            colorBgContainer: '#182427',
            colorBgElevated: '#1f2d31',
            colorBgLayout: '#0f181a',
            colorBorderSecondary: '#35464a',
          }
        : {}),
      colorTextPlaceholder: dark ? '#9fb0b3' : '#5d6d71',
      colorTextDescription: dark ? '#b1c1c4' : '#4c5d61',
      colorBorder: dark ? '#54666a' : '#8b9b9f',
      fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
      fontSize: large ? 18 : 14,
      controlHeight: large ? 44 : 34,
      borderRadius: 6,
      // Whoever asked their device for less movement gets none.
      motion: !globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Table: { headerBg: dark ? '#1f3438' : '#e8f0f1', headerColor: dark ? '#eaf1f2' : '#17272b' },
      Button: { primaryColor: dark ? '#0c1c1f' : '#ffffff', primaryShadow: 'none', defaultShadow: 'none' },
    },
  };
}
