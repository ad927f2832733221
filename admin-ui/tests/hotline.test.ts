// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showMarket } from '../src/public/market';
import { prefs } from '../src/public/prefs';
import { city, market, serve } from './public-market';

const OWN = '0351-5278313';
/** What the server says of the channels of a city. */
const SAID = '本市尚未在此公布投诉举报渠道，可拨打服务热线咨询。';

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
});
afterEach(() => {
  prefs.language = 'zh-CN';
  vi.unstubAllGlobals();
});

/** The texts that name a line on the page of a market without a number: its telephones, whom to turn to, the footer. */
async function shown(hotline: string | null, language: typeof prefs.language = 'zh-CN') {
  prefs.language = language;
  serve({ ...city, hotline }, { ...market(true), transparency: { hotline, complaintChannels: [], emptyText: SAID } });
  await showMarket('taiyuan', 'market_1');
  const links = [...document.querySelectorAll('a[href^="tel:"]')];
  return {
    called: [...new Set(links.map((link) => link.getAttribute('href')))],
    texts: links.map((link) => (link.closest('section') ?? link).textContent),
  };
}

describe('the line that a page names', () => {
  it('is the national one, by its name, where the city has published none', async () => {
    const { called, texts } = await shown(null);
    expect(called).toEqual(['tel:12333']);
    expect(texts).toEqual([
      '电话这个市场没有公布电话。可以拨打全国人力资源社会保障服务热线 12333 询问。',
      expect.stringMatching(/^有事找谁本市还没有公布自己的服务热线。全国人力资源社会保障服务热线：12333/),
      '全国人力资源社会保障服务热线 12333',
    ]);
    expect(texts.join()).not.toContain(SAID);
  });

  it('is named so in English too', async () => {
    const { texts } = await shown(null, 'en');
    expect(texts).toEqual([
      expect.stringMatching(/published no phone number.* the national labour and social-security line 12333\.$/),
      expect.stringMatching(
        /has not published a service line of its own\.National labour and social-security line: 12333/,
      ),
      'National labour and social-security line 12333',
    ]);
  });

  it('is the city’s own where it has published one, and nothing speaks of the nation', async () => {
    const { called, texts } = await shown(OWN);
    expect(called).toEqual([`tel:${OWN}`]);
    expect(texts).toEqual([
      `电话这个市场没有公布电话。可以拨打 ${OWN} 询问。`,
      `有事找谁服务热线：${OWN}${SAID}`,
      `咨询电话 ${OWN}`,
    ]);
  });
});
