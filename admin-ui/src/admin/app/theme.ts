import { type ThemeConfig, theme } from 'antd';

/** 石青, the mineral blue-green of old station gates; one warm accent, kept for what waits for somebody. */
export const BRAND = '#14616b';

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
      colorTextBase: dark ? '#eaf1f2' : '#17272b',
      colorBgBase: dark ? '#141f22' : '#ffffff',
      colorTextPlaceholder: dark ? '#9fb0b3' : '#5d6d71',
      colorTextDescription: dark ? '#b1c1c4' : '#4c5d61',
      colorBorder: dark ? '#54666a' : '#8b9b9f',
      fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
      fontSize: large ? 18 : 14,
      controlHeight: large ? 44 : 34,
      borderRadius: 6,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Table: { headerBg: dark ? '#1f3438' : '#e8f0f1', headerColor: dark ? '#eaf1f2' : '#17272b' },
      Button: { primaryColor: dark ? '#0c1c1f' : '#ffffff', primaryShadow: 'none', defaultShadow: 'none' },
    },
  };
}
