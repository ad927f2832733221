// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { prefs } from '../src/public/prefs';
import { smsLink } from '../src/public/share';

const market = {
  id: 'market_1',
  slug: '坞城驿站',
  name: '坞城零工市场',
  divisionName: '太原市小店区坞城街道',
  address: '小店区坞城路 200 号 & 东门',
  hoursToday: ['04:30—11:00', '16:30—次日01:00'],
  contacts: [{ label: '值班室', phone: '03515278313', phoneDisplay: '0351-5278313转801' }],
};

/** The text as the telephone shows it: whatever follows the first `?` up to a `&` is the body. */
function textOf(link: string) {
  expect(link).toMatch(/^sms:\?body=[^&#]+$/);
  return decodeURIComponent(link.slice('sms:?body='.length)).split('\n');
}

afterEach(() => {
  prefs.language = 'zh-CN';
});

describe('a market sent by SMS', () => {
  it('says its name, address, hours of today, number and page', () => {
    expect(textOf(smsLink('taiyuan', market, 'https://yizhan.example'))).toEqual([
      '坞城零工市场',
      '地址：太原市小店区坞城街道 坞城路 200 号 & 东门',
      '今天：04:30—11:00、16:30—次日01:00',
      '电话：0351-5278313转801',
      `https://yizhan.example/taiyuan/markets/${encodeURIComponent('坞城驿站')}`,
    ]);
  });

  it('leaves out a number that is not published, and says where it is closed today', () => {
    expect(
      textOf(smsLink('taiyuan', { ...market, slug: '', contacts: [], hoursToday: [] }, 'https://y.example')),
    ).toEqual([
      '坞城零工市场',
      '地址：太原市小店区坞城街道 坞城路 200 号 & 东门',
      '今天不开',
      'https://y.example/taiyuan/markets/market_1',
    ]);
  });

  it('is written in the language of the page', () => {
    prefs.language = 'en';
    expect(textOf(smsLink('taiyuan', market, 'https://y.example'))[3]).toBe('Phone: 0351-5278313转801');
  });
});
